"""The SMTP peer as other processes use it."""

from __future__ import annotations

import smtplib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.peers.smtp import read_record
from tests.peers.smtp_script import Fault


def test_it_serves_from_its_own_process_and_records_what_it_took(tmp_path: Path) -> None:
    record = tmp_path / "mails.jsonl"
    command = [sys.executable, "-m", "tests.peers.smtp", "--faults", "rcpt=451x1,dot=lostx1", "--record", str(record)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split()[-1])
        answers = [_send(port) for _ in range(3)]
        process.terminate()
    assert process.returncode == 0
    assert answers == ["SMTPRecipientsRefused", "SMTPServerDisconnected", ""]
    assert [(one.recipients, one.raw, one.answered) for one in read_record(record)] == [
        (("a@example.org",), b"Subject: x\r\n\r\n.\r\n", False),
        (("a@example.org",), b"Subject: x\r\n\r\n.\r\n", True),
    ]


def _send(port: int) -> str:
    client = smtplib.SMTP("127.0.0.1", port, timeout=5)
    try:
        client.sendmail("m@example.org", ["a@example.org"], b"Subject: x\r\n\r\n.\r\n")
        client.quit()
    except smtplib.SMTPException as error:
        return type(error).__name__
    finally:
        client.close()
    return ""


def test_a_fault_is_read_in_all_its_parts() -> None:
    fault = Fault.parse("rcpt:a@example.org=slow:0.5x2%0.25")
    assert fault == Fault("rcpt", "slow:0.5", "a@example.org", 2, 0.25)


@pytest.mark.parametrize("text", ["", "rcpt", "nowhere=451", "rcpt=", "rcpt=999"])
def test_what_is_no_fault_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a fault"):
        Fault.parse(text)
