/** Who was heard to enter a request and has not left. */
export type Room = ReadonlySet<string>

export const EMPTY_ROOM: Room = new Set()

export const entered = (room: Room, userId: string): Room => (room.has(userId) ? room : new Set([...room, userId]))

export const left = (room: Room, userId: string): Room =>
  room.has(userId) ? new Set([...room].filter((each) => each !== userId)) : room
