/** What a browser sends to get a place of its own in a classroom. */
export interface JoinRequest {
  /** As it stands on the board; case and spaces do not matter. */
  readonly code: string
  readonly name: string
  readonly locale: string
}

/** The name under which the new player is known from here on; the key travels as a cookie. */
export interface Joined {
  readonly name: string
}
