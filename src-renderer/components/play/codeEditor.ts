import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile'
import { yaml } from '@codemirror/legacy-modes/mode/yaml'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'

export interface CodeEditor {
  readonly text: () => string
  readonly focus: () => void
  readonly destroy: () => void
}

export interface CodeEditorOptions {
  readonly host: HTMLElement
  readonly path: string
  readonly text: string
  /** Said by screen readers. */
  readonly label: string
  readonly onChange: (text: string) => void
}

/** By the file's name, as editors go by it. */
function languageOf(path: string): Extension {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/dockerfile/i.test(name)) return StreamLanguage.define(dockerFile)
  return /\.ya?ml$/i.test(name) ? StreamLanguage.define(yaml) : []
}

/** Colours by the page's own names, so that every theme has its own. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.atom, tags.definition(tags.propertyName)], class: 'tok-key' },
  { tag: [tags.string, tags.special(tags.string)], class: 'tok-string' },
  { tag: tags.comment, class: 'tok-comment' },
  { tag: [tags.number, tags.bool], class: 'tok-number' },
])

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '0.8125rem', color: 'var(--on-screen)' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--writable-2)', padding: '0.5rem 0' },
  '.cm-gutters': { background: 'transparent', color: 'var(--on-chrome-2)', border: '0' },
  '.cm-activeLine': { background: 'color-mix(in srgb, var(--on-screen) 8%, transparent)' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '-3px' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--writable-2)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--writable) 40%, transparent)',
  },
  '.tok-key': { color: '#9ce5d2', fontWeight: '600' },
  '.tok-string': { color: '#fff3c4' },
  '.tok-comment': { color: '#a9c3cc', fontStyle: 'italic' },
  '.tok-number': { color: '#ffb48f' },
})

/**
 * A text editor in a shadow root: there its styles are adopted sheets, which the page's strict
 * content security policy allows. Tab moves on, so that the keyboard is never caught in it.
 */
export function makeCodeEditor(options: CodeEditorOptions): CodeEditor {
  const root = options.host.shadowRoot ?? options.host.attachShadow({ mode: 'open' })
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        languageOf(options.path),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': options.label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString())
        }),
      ],
    }),
  })
  return {
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}
