import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import type { Picture } from './galleryPage.ts'

/** A part of a picture that is another colour by more than this, of 255, is seen. */
const SEEN = 14
/** Parts are squares of this many pixels: where letters are smoothed otherwise is no difference. */
const PART = 6
/** Share of parts that may differ, for another version of the browser. */
export const TOLERATED = 0.004

export interface Difference {
  readonly file: string
  /** Share of the picture that differs, 0 to 1; null: there is no such picture to compare with. */
  readonly share: number | null
}

/** In the page: the share of parts whose mean colour differs; 1 where the sizes do. */
async function shareOf(given: { one: string; other: string; part: number; seen: number }) {
  const pixels = async (data: string) => {
    const image = new Image()
    image.src = data
    await image.decode()
    const width = Math.ceil(image.width / given.part)
    const height = Math.ceil(image.height / given.part)
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas to compare pictures on')
    context.imageSmoothingQuality = 'high'
    context.drawImage(image, 0, 0, width, height)
    return context.getImageData(0, 0, width, height)
  }
  const [a, b] = [await pixels(given.one), await pixels(given.other)]
  if (a.width !== b.width || a.height !== b.height) return 1
  let parts = 0
  for (let at = 0; at < a.data.length; at += 4) {
    const far = [0, 1, 2].map((channel) =>
      Math.abs((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0)),
    )
    if (Math.max(...far) > given.seen) parts += 1
  }
  return parts / (a.data.length / 4)
}

const asUrl = (file: string) => `data:image/png;base64,${readFileSync(file).toString('base64')}`

/** Pictures that differ to the eye from those of the same name in another folder. */
export async function comparePictures(
  browser: Browser,
  pictures: readonly Picture[],
  folder: string,
  earlier: string,
): Promise<readonly Difference[]> {
  const page = await browser.newPage()
  const differences: Difference[] = []
  for (const { file } of pictures) {
    const before = join(earlier, file)
    if (!existsSync(before)) {
      differences.push({ file, share: null })
      continue
    }
    const given = { one: asUrl(join(folder, file)), other: asUrl(before), part: PART, seen: SEEN }
    const share = await page.evaluate(shareOf, given)
    if (share > TOLERATED) differences.push({ file, share })
  }
  await page.close()
  return differences
}
