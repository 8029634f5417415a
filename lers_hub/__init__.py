"""The hub: Socket.IO connections of the portals. It decides nothing itself and asks the same services as the API."""
