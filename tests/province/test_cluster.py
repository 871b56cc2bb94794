"""Two workers of a cluster, encrypted, as two computers of one office would run them; and everything that is refused."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest

from antq_review import cli
from antq_review.errors import CannotDo, UsageError
from antq_review.province import cluster as cluster_module
from antq_review.province import installation as here
from antq_review.province.cluster import CERTIFICATES, cluster
from antq_review.publish.output.executors import Lanes
from tests.cli.test_batch import school
from tests.province import many
from tests.publish.output.lane_jobs import done
from tests.publish.output.test_executors import outcomes

ROOT = Path(__file__).resolve().parents[2]
#: Where this runs nothing may be missing; elsewhere the extra “cluster” or openssl may be.
MISSING = os.environ.get("CI") != "true" and (find_spec("distributed") is None or shutil.which("openssl") is None)
needs_dask = pytest.mark.skipif(MISSING, reason="needs the extra “cluster” and openssl")


def certificates(folder: Path) -> Path:
    """An authority and one certificate by it, made with the commands of docs/NHIEU_MAY.md."""
    folder.mkdir()
    page = (ROOT / "docs" / "NHIEU_MAY.md").read_text(encoding="utf-8")
    for line in page.splitlines():
        if line.startswith("openssl "):
            subprocess.run(line.replace("ca-key.pem", "../ca-key.pem"), shell=True, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificates(tmp_path_factory.mktemp("tls") / "chứng thư")


@pytest.fixture(scope="module")
def address(tls: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler, and one command that starts two workers, as docs/NHIEU_MAY.md does: loading Dask is what costs."""
    place = tmp_path_factory.mktemp("cluster")
    authority, own, key = (str(tls / name) for name in CERTIFICATES)
    common = ["--tls-ca-file", authority, "--tls-cert", own, "--tls-key", key, "--scheduler-file", str(place / "scheduler.json")]
    surroundings = {
        **os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",  # it looks at every thread a hundred times a second
    }
    processes = []

    def start(kind: str, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *common, "--host", "127.0.0.1", "--no-dashboard", *options]
        log = open(place / f"{len(processes)}.log", "wb")  # noqa: SIM115 (the process keeps it)
        processes.append(subprocess.Popen(command, cwd=place, env=surroundings, stdout=log, stderr=log))
        log.close()

    start("scheduler", "--protocol", "tls", "--port", "0")
    try:
        until = time.monotonic() + 240
        while not (place / "scheduler.json").exists() or not (place / "scheduler.json").read_text(encoding="utf-8"):
            assert time.monotonic() < until and processes[0].poll() is None, (place / "0.log").read_text(encoding="utf-8")
            time.sleep(0.1)
        start("worker", "--nworkers", "2", "--nthreads", "1", "--memory-limit", "1GiB", "--local-directory", str(place / "may"))
        where = str(json.loads((place / "scheduler.json").read_text(encoding="utf-8"))["address"])
        while True:
            try:
                with cluster(where, tls) as (_, count):
                    if count == 2:
                        break
            except CannotDo as refusal:
                assert "chưa có máy nào" in str(refusal), refusal
            assert time.monotonic() < until, [path.read_text(encoding="utf-8")[-2000:] for path in place.glob("*.log")]
            time.sleep(0.5)
        yield where
    finally:
        for process in processes:  # at once: a worker without a scheduler would wait for one
            for one in (*psutil.Process(process.pid).children(recursive=True), process):
                one.kill()
            process.wait(timeout=30)


@needs_dask
@pytest.mark.cluster
def test_bad_jobs_cost_themselves_alone_on_two_workers(address: str, tls: Path, tmp_path: Path) -> None:
    """The same jobs as on this computer: raising, dying, never ending; each costs itself, the workers come back."""
    bad = {1: ["raise", "x"], 3: ["die", ""], 4: ["sleep", str(tmp_path / "pid")]}
    jobs = [bad.get(number, ["give", str(number)]) for number in range(9)]
    with cluster(address, tls) as (make, count):
        assert count == 2
        found = outcomes(Lanes(done, make, count, silence=30), jobs)
    assert [one for number, one in enumerate(found) if number not in bad] == [str(n) for n in range(9) if n not in bad]
    assert [found[number].split(":")[0] for number in bad] == ["ValueError", "Lost", "Lost"], found


@needs_dask
@pytest.mark.cluster
def test_the_command_reads_schools_on_the_workers_and_refuses_another_installation(
    address: str, tls: Path, tmp_path: Path, review, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The forms are of another school, which is found only where they are read; no report is made of them."""
    from antq_review.package.summarise import summary_of
    from tests.province.test_rerun import DRAFT

    codes, forms = ["00700001", "00700002"], tmp_path / "bieu"
    folder = many.officer(tmp_path / "tiep nhan", [many.listed(code) for code in codes])
    forms.mkdir()
    for code in codes:
        (folder / "den" / f"{code}.zip").write_bytes(many.package(summary_of(review, DRAFT), code))
        school(forms / code, "00700009")
    asked = ["--forms", str(forms), "--out", str(tmp_path / "ra"), "--cluster", address, "--tls", str(tls)]
    assert cli.run(["province", "rerun", str(folder), *asked]) == 1
    said = capsys.readouterr().out
    assert said.count("Thư mục có biểu của trường 00700009, năm 2026") == 2 and "2 trường không xử lý được" in said
    monkeypatch.setattr(here, "VERSION", "0.0.9")  # on this side alone
    here.installation.cache_clear()
    with pytest.raises(CannotDo, match=r"khác máy này \(antq_review 0\.0\.9"), cluster(address, tls):
        pass
    here.installation.cache_clear()


@needs_dask
@pytest.mark.cluster
def test_a_computer_with_a_certificate_of_another_authority_is_not_let_in(address: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 2)
    with pytest.raises(CannotDo, match="Không kết nối được"), cluster(address, certificates(tmp_path / "lạ")):
        pass


def test_what_is_not_encrypted_or_not_installed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("tcp://127.0.0.1:8786", "127.0.0.1:8786", "ws://x"):
        with pytest.raises(UsageError, match="không mã hóa"), cluster(wrong, tmp_path):
            pass
    with pytest.raises(UsageError, match=r"ca\.pem, cert\.pem, key\.pem"), cluster("tls://x:1", tmp_path):
        pass
    for name in CERTIFICATES:
        (tmp_path / name).touch()
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CannotDo, match=r"antq-review\[cluster\]"), cluster("tls://x:1", tmp_path):
        pass


@pytest.mark.parametrize(("asked", "sentence"), [
    (["--cluster", "tls://x:1", "--tls", ".", "--workers", "2"], "Chỉ chọn một"), (["--cluster", "tls://x:1"], "phải có --tls"),
    (["--tls", "."], "phải có --tls"),
])
def test_options_that_do_not_go_together(asked: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["province", "rerun", "x", "--forms", "y", *asked]) == 2
    assert sentence in capsys.readouterr().err


def test_the_province_loads_no_engine() -> None:
    """Without `--cluster` neither Dask nor pandas is loaded, and no verb needs the extra."""
    code = "import sys, antq_review.province.rerun, antq_review.province.cluster; print(*sys.modules)"
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=surroundings)
    assert not {"dask", "distributed", "pandas", "matplotlib"} & set(loaded.stdout.split())
