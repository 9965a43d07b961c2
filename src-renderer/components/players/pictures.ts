/** One shape of a picture; `part` names the colour it gets. */
interface Shape {
  readonly part: 'main' | 'light' | 'dark'
  readonly d: string
}

/** The drawn pictures a player can choose, on a field of 32 by 32. */
export const pictures = {
  boat: [
    { part: 'dark', d: 'M4 19h24l-4 7H8z' },
    { part: 'light', d: 'M17 4v13h9z' },
    { part: 'main', d: 'M15 7v10H7z' },
  ],
  anchor: [
    {
      part: 'main',
      d: 'M16 3a4 4 0 0 1 1.6 7.7V13H22v3h-4.4v8.8A8 8 0 0 0 23 20l-2-1 5-4 1 6-1.5-.6A11 11 0 0 1 16 28 11 11 0 0 1 6.5 20.4L5 21l1-6 5 4-2 1a8 8 0 0 0 5.4 4.8V16H10v-3h4.4v-2.3A4 4 0 0 1 16 3m0 2.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8',
    },
  ],
  fish: [
    { part: 'main', d: 'M3 16c5-9 15-9 20-2l6-5v14l-6-5c-5 7-15 7-20-2' },
    { part: 'dark', d: 'M9.5 12.5a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4' },
    { part: 'light', d: 'M15 12q3 4 0 8 5-4 0-8' },
  ],
  lighthouse: [
    { part: 'light', d: 'M12.5 11h7L21 28H11z' },
    { part: 'main', d: 'M12 16.5h8l.4 4h-8.8zM11.3 24.5h9.4L21 28H11z' },
    { part: 'dark', d: 'M16 2.5 21 6v1.5H11V6zM12.5 7.5h7V11h-7z' },
  ],
  whale: [
    {
      part: 'main',
      d: 'M3 17c0-5 5-7 10-7 7 0 9 6 12 6 2 0 2-3 1-6 2 0 4 1 5 3-1 8-6 13-15 13-8 0-13-3-13-9',
    },
    { part: 'dark', d: 'M8 15a1.4 1.4 0 1 1 0 2.8A1.4 1.4 0 0 1 8 15' },
    { part: 'light', d: 'M12 8c-3-1-3-4-1-5 0 2 1 2 1 3 0-1 1-1 1-3 2 1 2 4-1 5' },
  ],
  shell: [
    { part: 'main', d: 'M16 4c8 0 12 6 12 12L18 27h-4L4 16C4 10 8 4 16 4' },
    { part: 'light', d: 'M15.3 7h1.4v18h-1.4zM9 9.5l1.2-.7L15 24h-1.2zM23 9.5l-1.2-.7L17 24h1.2z' },
  ],
  gull: [
    { part: 'light', d: 'M2 13c5-5 10-4 14 2 4-6 9-7 14-2-5-1-9 0-12 4l-2 4-2-4c-3-4-7-5-12-4' },
    { part: 'main', d: 'M14.5 17h3L16 22z' },
    { part: 'dark', d: 'M4 25h24v2H4z' },
  ],
  crate: [
    { part: 'main', d: 'M5 8h22v18H5z' },
    { part: 'light', d: 'M5 12.5h22v2H5zM5 19.5h22v2H5z' },
    { part: 'dark', d: 'M8 8h2v18H8zM22 8h2v18h-2z' },
  ],
} as const satisfies Record<string, readonly Shape[]>

export type PictureId = keyof typeof pictures

export const pictureIds = Object.keys(pictures) as readonly PictureId[]

export const isPicture = (id: string): id is PictureId => Object.hasOwn(pictures, id)
