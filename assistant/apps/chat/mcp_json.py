"""Makes the answers of MCP JSON, where gradio shows Python's own notation of an object."""

from typing import Any

from assistant.apps.chat.gradio_library import gr
from assistant.records import to_json


def answer_mcp_in_json(blocks: gr.Blocks) -> None:
    """Have what the functions return written as one line of JSON each, as the command line does.

    :param blocks: with an MCP server.
    """
    server = blocks.mcp_server_obj
    if server is None:  # its package is missing
        return

    def write(data: list[Any], _root_url: str) -> list[Any]:
        return [server.types.TextContent(type="text", text=to_json(value)) for value in data]

    # In place of the method of this one object.
    vars(server)["postprocess_output_data"] = write
