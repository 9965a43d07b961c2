import type { Page } from '@playwright/test'

/**
 * What is clipped, overlapped or too small to be tapped on the page as it stands, each as a
 * sentence. Parts that can be scrolled into view count as seen.
 */
export const layoutFaults = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const COVERS = '[role="menu"], [data-testid="screen-keyboard"]'
    const faults: string[] = []
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`
    const scrolls = (element: Element) => {
      const { overflowX, overflowY } = getComputedStyle(element)
      return /auto|scroll/.test(overflowX + overflowY)
    }
    const isHidden = (element: Element) =>
      element.closest('.visually-hidden, dialog:not([open])') !== null ||
      // Hidden from sight, not from screen readers.
      getComputedStyle(element).clipPath === 'inset(50%)' ||
      !element.checkVisibility({ visibilityProperty: true })
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) faults.push('the page is wider than the window')
    if (root.scrollHeight > root.clientHeight) faults.push('the page is taller than the window')

    const app = document.querySelector('.app')
    // The keyboard of a kiosk lifts the game while somebody types: what goes over the edge then
    // comes back with the next tap.
    const lifted = app ? new DOMMatrix(getComputedStyle(app).transform).m42 : 0

    const controls = [
      ...document.querySelectorAll('button, select, input, [role="slider"]'),
    ].filter((one) => !isHidden(one) && one.closest('.visually-hidden') === null)
    for (const control of controls) {
      const target = control.closest('label') ?? control
      const box = target.getBoundingClientRect()
      if (box.height < 43.5 || box.width < 43.5) {
        const inTree = control.getAttribute('role') === 'treeitem'
        if (!inTree) faults.push(`${nameOf(target)} is ${box.width} x ${box.height}`)
      }
      let parent = control.parentElement
      let canScroll = false
      while (parent && !canScroll) {
        canScroll = scrolls(parent)
        parent = parent.parentElement
      }
      const outside =
        box.left < -1 ||
        box.top - (app?.contains(control) ? lifted : 0) < -1 ||
        box.right > innerWidth + 1 ||
        box.bottom > innerHeight + 1
      if (outside && !canScroll) faults.push(`${nameOf(target)} lies outside the window`)
    }
    for (const element of document.querySelectorAll(
      'p, h1, h2, h3, button, dd, dt, td, th, li, label',
    )) {
      if (isHidden(element)) continue
      const { overflowX, textOverflow } = getComputedStyle(element)
      const cut = element.scrollWidth > element.clientWidth + 1
      if (cut && overflowX === 'hidden' && textOverflow !== 'ellipsis') {
        faults.push(`${nameOf(element)} is cut`)
      }
    }
    /** A table may be wider than the window (WCAG 1.4.10) where keys reach and a name tells it. */
    const isTableFrame = (element: Element) =>
      element.matches('[tabindex="0"][aria-label]') && element.querySelector('table') !== null
    for (const element of document.querySelectorAll('main *')) {
      if (isHidden(element) || !scrolls(element) || isTableFrame(element)) continue
      const { overflowX } = getComputedStyle(element)
      const isCode = element.matches('pre, .text, .chips')
      if (element.scrollWidth > element.clientWidth + 1 && overflowX !== 'hidden' && !isCode) {
        faults.push(`${nameOf(element)} (${element.className}) scrolls sideways`)
      }
    }
    /** The part of an element that its scrolling parents let through. */
    const shownBox = (element: Element) => {
      const own = element.getBoundingClientRect()
      const box = { left: own.left, top: own.top, right: own.right, bottom: own.bottom }
      for (let up = element.parentElement; up; up = up.parentElement) {
        if (getComputedStyle(up).overflow === 'visible') continue
        const frame = up.getBoundingClientRect()
        box.left = Math.max(box.left, frame.left)
        box.top = Math.max(box.top, frame.top)
        box.right = Math.min(box.right, frame.right)
        box.bottom = Math.min(box.bottom, frame.bottom)
      }
      return box
    }
    const modal = document.querySelector('dialog[open]')
    const boxes = controls
      .filter((one) => one.matches('button, select') && (!modal || modal.contains(one)))
      // An open menu covers what is below it, and so does the keyboard on the screen.
      .map((one) => ({ one, box: shownBox(one), cover: one.closest(COVERS) }))
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        if (a.cover !== b.cover) continue
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
        if (wide > 2 && high > 2) faults.push(`${nameOf(a.one)} and ${nameOf(b.one)} overlap`)
      }
    }
    return faults
  })
