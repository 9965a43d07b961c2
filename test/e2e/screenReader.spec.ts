import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { levelFiles } from './pages/levelFiles.ts'
import { MapPage } from './pages/MapPage.ts'
import { ScreenReader } from './pages/ScreenReader.ts'
import { solveByCalls } from './pages/solveByCalls.ts'

test('a level from its start to its win by roles and names alone', async ({ app }, info) => {
  const [before, level] = levelFiles()
  if (!before || !level) throw new Error('there are no levels')
  await solveByCalls(app, before)
  await app.reload()
  await new MapPage(app).enter()

  const reader = await ScreenReader.of(app)
  const lantern = await reader.read(
    'button',
    new RegExp(`^Level 2: ${level.title.replace('?', '\\?')}`),
  )
  // It is the next one and chosen already: once more opens it.
  await reader.press(lantern, 'Enter')

  // Where one is, what it is about, and what stands there.
  await reader.read('heading', new RegExp(level.title.replace('?', '\\?')))
  await expect.poll(async () => (await reader.readFocus()).name).toBe('Command line')
  await reader.read('StaticText', /2 containers, no volume\. .+ on disk\..+page is running/)
  await reader.read('heading', /^goals$/i)
  await reader.key('Escape')
  await reader.key('s')
  const first = await reader.readFocus()
  expect(first.role).toBe('treeitem')
  expect(first.name).toMatch(/^container \w+, image .+, running$/)
  await reader.key('ArrowDown')
  expect((await reader.readFocus()).name).toMatch(/^writable layer, .+ discarded on docker rm/)

  const met = new Set<string>()
  for (const [index, line] of level.solution.entries()) {
    await reader.key('t')
    await expect.poll(async () => (await reader.readFocus()).role).toBe('combobox')
    await reader.type(line)
    await reader.key('Enter')
    await reader.read('log', /Terminal output/)
    await untilRun(reader, line)
    if (index < level.solution.length - 1) {
      // Another goal each time: what was said before may still stand there.
      met.add((await reader.read('StaticText', /^Goal met: ./, met)).name)
    }
    await reader.read('StaticText', /^step \d+ of \d+: ./)
    await reader.key('Escape')
  }

  await reader.read('StaticText', /^Goal met: .+ That was the last goal/)
  await reader.press(await reader.read('button', /^See the debrief$/), 'Enter')
  await reader.read('heading', /^the rule you proved$/i)
  await info.attach('walk-through.md', {
    body: reader.heard.join('\n'),
    contentType: 'text/markdown',
  })
  if (process.env.WALK) console.log(reader.heard.join('\n'))
})

/** Until the line stands in the log with its film over; a question on the way is answered. */
async function untilRun(reader: ScreenReader, line: string): Promise<void> {
  await expect(async () => {
    const nodes = await reader.all()
    const says = (words: string) => nodes.some(({ name }) => name.includes(words))
    if (says('waits for your prediction') && nodes.some((n) => n.focused && n.role === 'radio')) {
      await reader.key('Space')
      await reader.key('Enter')
    }
    // Any key ends a film.
    await reader.key('Shift+F12')
    const after = await reader.all()
    const isIn = after.some(({ role, name }) => role === 'StaticText' && name.includes(line))
    expect(isIn && !after.some(({ name }) => /^(running|waits for your)/.test(name))).toBe(true)
  }).toPass()
}
