/** What a text is for; decides its face, size and weight. */
export type TextRole =
  | 'title'
  | 'subtitle'
  | 'heading'
  | 'headingFolder'
  | 'slabTitle'
  | 'slabMeta'
  | 'slabSize'
  | 'tileName'
  | 'tileSize'
  | 'tileNameLarge'
  | 'tileSizeLarge'
  | 'lid'
  | 'crateName'
  | 'crateMeta'
  | 'cratePath'
  | 'dockTitle'
  | 'chipName'
  | 'chipMeta'
  | 'badge'
  | 'notice'
  | 'counter'

export interface Face {
  readonly family: string
  readonly size: number
  readonly weight: '400' | '500' | '600' | '700'
}

export const wordsFamily = 'Inter Variable'
export const codeFamily = 'JetBrains Mono Variable'

const words = (size: number, weight: Face['weight']): Face => ({
  family: wordsFamily,
  size,
  weight,
})
const code = (size: number, weight: Face['weight']): Face => ({ family: codeFamily, size, weight })

export const faces: Readonly<Record<TextRole, Face>> = {
  title: words(15.5, '600'),
  subtitle: words(12.5, '400'),
  heading: code(11.5, '500'),
  headingFolder: code(10.5, '400'),
  slabTitle: words(12.5, '600'),
  slabMeta: words(12.5, '400'),
  /** Bytes of the writable layer: what the container costs so far. */
  slabSize: words(17, '700'),
  tileName: words(11.5, '600'),
  tileSize: words(11, '400'),
  tileNameLarge: words(15, '600'),
  tileSizeLarge: words(14, '400'),
  lid: words(11.5, '600'),
  crateName: words(13.5, '600'),
  crateMeta: words(12, '400'),
  cratePath: code(10.5, '400'),
  dockTitle: words(12.5, '600'),
  chipName: words(11.5, '600'),
  chipMeta: words(11, '400'),
  badge: words(11, '600'),
  notice: words(14, '500'),
  counter: words(27, '700'),
}

/** CSS font shorthand of a role at a text scale (1 = 100 %). */
export function fontOf(role: TextRole, textScale: number): string {
  const face = faces[role]
  return `${face.weight} ${face.size * textScale}px "${face.family}"`
}

/** Height in pixels that one line of a role takes. */
export function lineHeight(role: TextRole, textScale: number): number {
  return Math.ceil(faces[role].size * textScale * 1.32)
}

/** Waits until both families can be drawn, at most `milliseconds`; a missing font never blocks. */
export async function loadFonts(milliseconds = 2500): Promise<void> {
  const wanted = ['400', '500', '600'].flatMap((weight) => [
    document.fonts.load(`${weight} 12px "${wordsFamily}"`),
    document.fonts.load(`${weight} 12px "${codeFamily}"`),
  ])
  const patience = new Promise((resolve) => setTimeout(resolve, milliseconds))
  await Promise.race([Promise.allSettled(wanted), patience])
}
