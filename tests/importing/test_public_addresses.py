"""Which addresses are on the public internet: every network that is not, by its edges."""

from ipaddress import ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from articles.importing.fetching.public_addresses import is_public

# Each network's first and last address are refused; what is beside it, as said, is public.
NETWORKS = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/128",
    "::1/128",
    "::/96",
    "::ffff:0:0/96",
    "::ffff:0:0:0/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "4000::/3",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.0.3.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "223.255.255.255",
    "2001:200::",
    "2001:4860:4860::8888",
    "2003::",
    "2606:4700::1111",
    "2a00:1450::1",
    "3ffe:ffff:ffff::1",
    "64:ff9b::808:808",
]
# Where ipaddress of this Python says "global", and a machine nobody means may answer.
HOLES = [
    "224.0.0.1",
    "239.1.1.1",
    "192.88.99.1",
    "::127.0.0.1",
    "::ffff:0:7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "fec0::1",
    "ff02::1",
    "5f00::1",
    "4000::1",
    "168.63.129.16",
]
EMBEDDED = ("::{}", "::ffff:{}", "::ffff:0:{}", "64:ff9b::{}", "64:ff9b:1::{}", "fe80::{}%eth0")


def test_no_address_of_a_network_that_is_not_public_is_public():
    for network in map(ip_network, NETWORKS):
        for address in (network[0], network[-1], network[network.num_addresses // 2]):
            assert not is_public(address), address
    assert [address for address in PUBLIC if not is_public(ip_address(address))] == []


def test_the_library_alone_would_let_some_of_them_pass():
    found = [ip_address(address) for address in HOLES]
    assert [address for address in found if is_public(address)] == []
    assert (
        len([address for address in found if address.is_global]) > len(found) / 2
    )  # Pythons differ


@given(st.ip_addresses(v=4), st.sampled_from(EMBEDDED))
def test_a_private_address_inside_another_form_stays_private(inner, form):
    outer = ip_address(form.format(inner))
    assert not is_public(outer) or (form.startswith("64:ff9b::") and is_public(inner))
    packed = int(inner)
    assert not is_public(ip_address((0x2002 << 112) | (packed << 80)))  # 6to4
    assert not is_public(ip_address((0x20010000 << 96) | (packed ^ 0xFFFFFFFF)))  # Teredo


@given(st.ip_addresses())
def test_what_is_public_is_global_to_the_library_too(address):
    assert not is_public(address) or address.is_global
