"""What a defect leaves behind, and what is shown of it and of a refusal."""

import logging

import pytest
import streamlit

from core.refusal import Refusal
from pages.door import errors


class TestDefects:
    def test_the_log_names_kind_and_place_and_nothing_that_was_typed(
        self, caplog: pytest.LogCaptureFixture, wordless: None
    ) -> None:
        try:
            try:
                raise ValueError("Robin Sample, born 1980-01-02")
            except ValueError as cause:
                raise RuntimeError("her telephone is 312-555-0101") from cause
        except RuntimeError as defect:
            with caplog.at_level(logging.ERROR):
                reference = errors.noted(defect)

        assert reference in caplog.text
        assert "RuntimeError at test_errors.py" in caplog.text
        assert "ValueError at test_errors.py" in caplog.text
        assert "Sample" not in caplog.text
        assert "555" not in caplog.text

    def test_streamlit_logs_nothing_of_a_page_that_failed(self, log_as_usual: None) -> None:
        errors.keep_texts_out_of_the_log()

        assert logging.getLogger("streamlit.error_util").disabled
        assert streamlit.error_util._LOGGER.name == "streamlit.error_util"

    def test_a_refusal_is_shown_as_its_sentence(self, monkeypatch: pytest.MonkeyPatch, wordless: None) -> None:
        shown: list[str] = []
        monkeypatch.setattr(errors.st, "error", lambda text, **_: shown.append(text))

        assert errors.reported(Refusal("There is no such claim.")) is True
        assert errors.reported(ValueError("Robin Sample")) is True

        assert shown[0] == "There is no such claim."
        assert shown[1].startswith("Something went wrong on our side, and it has been noted. Reference ")
