/** What a browser sends to get a place of its own in a classroom. */
export interface JoinRequest {
  /** As it stands on the board; case and spaces do not matter. */
  readonly code: string
  readonly name: string
  readonly locale: string
}

/** What a browser sends that lost its key, or another one of the same player. */
export interface ReturnRequest {
  /** That of the room, from the board. */
  readonly code: string
  /** The player's own. */
  readonly returnCode: string
}

/** What somebody who was let in is told; the key travels as a cookie. */
export interface Joined {
  /** To be written down: with it the player is found again from any browser. */
  readonly returnCode: string
}
