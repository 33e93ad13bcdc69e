"""What of Streamlit the desk relies on."""

from streamlit import config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.door import headers


class TestPrivateDoors:
    """Parts of Streamlit that are nobody's promise: each upgrade tries them again here."""

    def test_the_settings_are_known_and_hold(self) -> None:
        for name, value in {
            "runner.postScriptGC": False,
            "runner.fastReruns": False,
            "client.showErrorDetails": "none",
            "client.allowedOrigins": [],
            "server.enableCORS": True,
            "server.maxMessageSize": 25,
            "server.enableXsrfProtection": True,
            "server.trustedUserHeaders": {"X-Desk-Session": "session"},
            "server.enableStaticServing": False,
            "server.enableAgentApi": False,
            "browser.gatherUsageStats": False,
        }.items():
            assert config.get_option(name) == value, name

    def test_the_page_can_be_sent_elsewhere(self) -> None:
        assert "auth_redirect" in {field.name for field in ForwardMsg.DESCRIPTOR.fields}

    def test_the_policy_allows_the_inline_scripts_of_this_version_by_their_hashes(self) -> None:
        assert headers.content_security_policy().count("'sha256-") >= 1
