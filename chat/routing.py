"""The socket address of chat."""

from chat.consumers import ChatSocket

sockets = {"/ws/chat/": ChatSocket.serve}
