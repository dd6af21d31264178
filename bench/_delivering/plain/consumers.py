"""One room of the peer, as in the tutorial: store, then ``group_send``; every member's consumer sends it on."""

from datetime import UTC
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from bench._delivering.plain.models import Message, Room
from chat.text import html_of


class RoomConsumer(AsyncJsonWebsocketConsumer):
    """One member in one room."""

    user: Any

    async def connect(self) -> None:
        """Members only."""
        self.user = self.scope["user"]
        self.room_id = self.scope["url_route"]["kwargs"]["room"]
        self.group = f"room_{self.room_id}"
        if not await Room.objects.filter(pk=self.room_id, members=self.user.pk).aexists():
            await self.close()
            return
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Out of the group."""
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        """Store, then tell the room."""
        message = await self.store(content["client_id"], content["body"])
        await self.channel_layer.group_send(self.group, {"type": "chat.message", "message": payload(message)})

    @database_sync_to_async
    def store(self, client_id: str, body: str) -> Message:
        """One row."""
        return Message.objects.create(
            room_id=self.room_id, author=self.user, client_id=client_id, body=body, html=html_of(body)
        )

    async def chat_message(self, event: dict[str, Any]) -> None:
        """To this member."""
        message = event["message"]
        await self.send_json({"type": "change", "room": self.room_id, "version": message["number"], "message": message})


def payload(message: Message) -> dict[str, Any]:
    """The exchange's shape: what is empty is left out."""
    shown = {
        "id": message.pk,
        "number": message.pk,
        "client_id": str(message.client_id),
        "author": {"id": message.author.pk, "name": message.author.first_name, "organisation": "Karlskrona kommun"},
        "body": message.body,
        "html": message.html,
        "language": "en",
        "posted_at": message.posted_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return {name: value for name, value in shown.items() if value}
