import type { CDPSession, Page } from '@playwright/test'

/** A node as assistive technology gets it: no markup, no place, no picture. */
export interface Spoken {
  readonly role: string
  readonly name: string
  readonly value: string
  readonly focused: boolean
  /** Said without being asked for, when it changes. */
  readonly live: boolean
  readonly node: number
}

interface AxValue {
  readonly value?: unknown
}
interface AxNode {
  readonly ignored: boolean
  readonly role?: AxValue
  readonly name?: AxValue
  readonly value?: AxValue
  readonly backendDOMNodeId?: number
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[]
}

/** Reads a page through Chromium's accessibility tree alone, and keeps what it heard. */
export class ScreenReader {
  readonly heard: string[] = []
  readonly #page: Page
  readonly #session: CDPSession

  private constructor(page: Page, session: CDPSession) {
    this.#page = page
    this.#session = session
  }

  static async of(page: Page): Promise<ScreenReader> {
    const session = await page.context().newCDPSession(page)
    await session.send('Accessibility.enable')
    return new ScreenReader(page, session)
  }

  /** Everything there is to read, in its order. */
  async all(): Promise<readonly Spoken[]> {
    const { nodes } = await this.#session.send('Accessibility.getFullAXTree')
    return (nodes as readonly AxNode[])
      .filter((node) => !node.ignored)
      .map(({ role, name, value, backendDOMNodeId, properties = [] }) => {
        const property = (wanted: string) =>
          properties.find((one) => one.name === wanted)?.value.value
        return {
          role: String(role?.value ?? ''),
          name: String(name?.value ?? ''),
          value: String(value?.value ?? ''),
          focused: property('focused') === true,
          live: property('live') === 'polite' || property('live') === 'assertive',
          node: backendDOMNodeId ?? 0,
        }
      })
  }

  /** Waits until something of this role and name, none of those `heard`, can be read, and reads it. */
  async read(
    role: string | RegExp,
    name: RegExp,
    heard: ReadonlySet<string> = new Set(),
  ): Promise<Spoken> {
    const isRole = (one: string) => (typeof role === 'string' ? one === role : role.test(one))
    const end = Date.now() + 15_000
    for (;;) {
      const nodes = await this.all()
      const found = nodes.find(
        (node) => isRole(node.role) && name.test(node.name) && !heard.has(node.name),
      )
      if (found) {
        this.#keep(found)
        return found
      }
      if (Date.now() > end) {
        throw new Error(
          `nothing to read: ${role} ${name}, after\n${this.heard.slice(-8).join('\n')}`,
        )
      }
      await this.#page.waitForTimeout(100)
    }
  }

  /** Reads what has the focus; fails where nothing has it. */
  async readFocus(): Promise<Spoken> {
    const nodes = await this.all()
    const found = nodes.findLast((node) => node.focused && node.role !== 'RootWebArea')
    if (!found) throw new Error('nothing has the focus')
    this.#keep(found)
    return found
  }

  /** Does to a control what a reader's own key does: focuses it and presses a key there. */
  async press(target: Spoken, key: string): Promise<void> {
    await this.#session.send('DOM.focus', { backendNodeId: target.node })
    await this.#page.keyboard.press(key)
    this.heard.push(`- key **${key}** at ${target.role} “${target.name}”`)
  }

  /** A key wherever the focus is. */
  async key(key: string): Promise<void> {
    await this.#page.keyboard.press(key)
    this.heard.push(`- key **${key}**`)
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text)
    this.heard.push(`- types \`${text}\``)
  }

  #keep({ role, name, value }: Spoken): void {
    this.heard.push(`- ${role}: “${name}”${value ? ` (${value})` : ''}`)
  }
}
