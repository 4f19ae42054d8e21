"""Which network addresses are on the public internet.

``ipaddress.is_global`` follows IANA's registries, which differ between Python versions and leave
holes for this purpose: it calls multicast, site-local, 6to4, IPv4-compatible, local NAT64 and not
yet assigned IPv6 addresses global. So the table stands here. Of IPv6 only 2000::/3 is public: all
that IANA has given out for hosts.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network, unspecified
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carriers' NAT; metadata of some clouds
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # Azure's platform, from within its machines alone
            "169.254.0.0/16",  # link-local; metadata of most clouds
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments; metadata of Oracle's cloud
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # relays from 6to4
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
_GIVEN_OUT_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: any IPv4 address inside, and no pages
            "3fff::/20",  # documentation
        ),
    )
)
# On networks with IPv6 alone, every IPv4 site has an address in here (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether ``address`` is one that the public internet can reach a host at.

    Forms of IPv6 that hold an IPv4 address are not public, whatever they hold, except the
    well-known NAT64 prefix, which counts as what it holds.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _GIVEN_OUT_6 and not any(address in network for network in _NOT_PUBLIC_6)
