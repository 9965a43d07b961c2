import { onBeforeUnmount, onMounted, render, type VNode } from 'vue'

/**
 * What the browser prints instead of the screen (styles/print.css). It is drawn when printing
 * begins, at once, because the browser takes the page as it is then; null prints the screen.
 */
export function usePaper(content: () => VNode | null): void {
  let paper: HTMLElement | null = null
  const putAway = () => {
    if (!paper) return
    render(null, paper)
    paper.remove()
    paper = null
  }
  const lay = () => {
    putAway()
    const drawn = content()
    if (!drawn) return
    paper = document.createElement('div')
    paper.className = 'paper'
    document.body.append(paper)
    render(drawn, paper)
  }
  onMounted(() => {
    window.addEventListener('beforeprint', lay)
    window.addEventListener('afterprint', putAway)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('beforeprint', lay)
    window.removeEventListener('afterprint', putAway)
    putAway()
  })
}
