"""Pages tell that their agent is there."""

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "/desk/",
        "/presence/control/",
        "/accounts/logout/",
        "/accounts/password/change/",
        "/nowhere/",
    ],
)
def test_every_page_tells_that_its_agent_is_there(client, agent, path) -> None:
    client.force_login(agent.user)

    content = client.get(path).content.decode()

    assert content.count('data-window="/presence/window/"') == 1
