"""What is logged, whoever logs it: kinds and places of errors, and nothing that somebody typed."""

import logging
import subprocess
import sys
import threading

import pytest
from prometheus_client import REGISTRY

from core import drafts, jobs
from tests import loops

TYPED = "Robin Sample, born 1980-01-02"


@pytest.mark.parametrize("who", ["streamlit.runtime.backend_operation_handler", "uvicorn.error", "asyncio"])
def test_nobody_logs_what_an_exception_says(who: str, caplog: pytest.LogCaptureFixture, wordless: None) -> None:
    logger = logging.getLogger(who)
    caplog.set_level(logging.ERROR, logger=who)  # a server that ran in this process may have set another
    logger.addHandler(caplog.handler)
    try:
        raise ValueError(TYPED)
    except ValueError:
        logger.exception("Error making the file of %s", "a claim")
    finally:
        logger.removeHandler(caplog.handler)

    assert "Error making the file of a claim: ValueError at test_log.py" in caplog.text
    assert "Robin" not in caplog.text


def test_a_job_that_fails_is_named_with_its_number_and_place_and_is_counted(
    desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, wordless: None
) -> None:
    def fail(**_: object) -> None:
        raise ValueError(TYPED)

    async def ask_and_work() -> int:
        async with jobs.opened() as app:
            number = await app.tasks["forget_drafts"].defer_async(timestamp=0)
            await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)
        return number

    monkeypatch.setattr(drafts, "forget_old", fail)
    before = REGISTRY.get_sample_value("desk_defects_total") or 0

    number = loops.run(ask_and_work())

    [line] = [line for line in caplog.text.splitlines() if f"forget_drafts[{number}]" in line and "Error" in line]
    assert "ValueError at jobs.py" in line
    failed = caplog.text.count("ended with status: Error")  # with those of a minute that has begun meanwhile
    assert REGISTRY.get_sample_value("desk_defects_total") == before + failed
    assert "Robin" not in caplog.text


def test_what_ends_a_thread_says_nothing_that_was_typed(caplog: pytest.LogCaptureFixture, wordless: None) -> None:
    try:
        raise ValueError(TYPED)
    except ValueError as defect:
        threading.excepthook(threading.ExceptHookArgs((ValueError, defect, defect.__traceback__, None)))

    assert "ValueError at test_log.py" in caplog.text
    assert "Robin" not in caplog.text


def test_a_command_that_ends_by_a_defect_says_nothing_that_was_typed() -> None:
    fails = f"def fail(): raise ValueError('{TYPED}')\nimport core.command; core.command.main = fail"
    as_a_command = "import runpy; runpy.run_module('core', run_name='__main__')"

    ended = subprocess.run([sys.executable, "-c", f"{fails}\n{as_a_command}"], capture_output=True, text=True)

    assert ended.returncode == 1
    assert "Ended by a defect: ValueError at" in ended.stderr
    assert "Robin" not in ended.stderr
