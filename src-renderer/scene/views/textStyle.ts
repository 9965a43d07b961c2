import { TextStyle } from 'pixi.js'
import { faces, type TextRole } from '../fonts.ts'

const styles = new Map<string, TextStyle>()

/**
 * The style of a role in a colour at a text scale. Shared by all texts and stages: Pixi keeps what
 * it measures by style, and would keep it for every text that ever was. There are as many as roles,
 * colours and scales.
 */
export function textStyle(role: TextRole, color: number, textScale: number): TextStyle {
  const key = `${role}|${color}|${textScale}`
  const known = styles.get(key)
  if (known) return known
  const face = faces[role]
  const made = new TextStyle({
    fontFamily: [face.family, 'system-ui', 'sans-serif'],
    fontSize: face.size * textScale,
    fontWeight: face.weight,
    fill: color,
  })
  styles.set(key, made)
  return made
}
