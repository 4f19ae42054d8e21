"""Processes share the server; the last one to leave stops it."""

from archive import cluster


def test_the_last_process_to_leave_stops_the_server(used_archive) -> None:
    first, second = used_archive.member(), used_archive.member()
    first.communicate()
    assert used_archive.runs()
    second.communicate()
    assert not used_archive.runs()


def test_a_killed_process_does_not_keep_the_server_running(used_archive) -> None:
    first, second = used_archive.member(), used_archive.member()
    first.kill()
    first.communicate()
    assert used_archive.runs()
    second.communicate()
    assert not used_archive.runs()


def test_a_program_started_by_a_process_does_not_keep_the_server_running(used_archive) -> None:
    starter = used_archive.start(
        "-c",
        "import pathlib, subprocess, sys; from archive import cluster;"
        f"cluster.join(pathlib.Path({str(used_archive.var)!r}));"
        "child = subprocess.Popen(['sleep', '60'], close_fds=False, stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL); cluster.leave(); print(child.poll()); child.kill()",
    )
    said, _ = starter.communicate()
    assert said == "None\n"
    assert not used_archive.runs()


def test_a_forked_child_does_not_give_its_parents_lease_back(used_archive) -> None:
    starter = used_archive.start(
        "-c",
        "import os, pathlib, sys; from archive import cluster;"
        f"cluster.join(pathlib.Path({str(used_archive.var)!r}));"
        "os.fork() or sys.exit(); os.wait(); print('alone', flush=True); sys.stdin.read()",
    )
    assert starter.stdout.readline() == "alone\n"
    assert used_archive.runs()
    starter.communicate()
    assert not used_archive.runs()


def test_processes_that_start_at_once_make_one_server(archive) -> None:
    join = (
        "import pathlib; from archive import cluster;"
        f"folder = cluster.join(pathlib.Path({str(archive.var)!r}));"
        "print((folder / 'postmaster.pid').read_text().split()[0], flush=True); input()"
    )
    processes = [archive.start("-c", join) for _ in range(4)]
    said = {process.stdout.readline() for process in processes}
    assert len(said) == 1
    for process in processes:
        process.communicate("\n")
        assert process.returncode == 0
    assert not archive.runs()


def test_a_process_uses_one_cluster_only(tmp_path, used_archive) -> None:
    answer = used_archive.python(
        "-c",
        "import pathlib; from archive import cluster;"
        f"cluster.join(pathlib.Path({str(used_archive.var)!r}));"
        f"cluster.join(pathlib.Path({str(tmp_path)!r}))",
    )
    assert "already uses the database" in answer.stderr
    assert cluster.ClusterProblem.__name__ in answer.stderr
