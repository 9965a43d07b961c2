/** How the play screen places its panes. */
export type PlayLayout =
  /** Mission left, stage, instruments right, terminal below. */
  | 'wide'
  /** Mission and instruments share one column as tabs. */
  | 'medium'
  /** Stage above, mission and instruments side by side, terminal below. */
  | 'portrait'
  /** Stage above, everything else as tabs below. */
  | 'tall'
  /** Stage left, everything else as tabs at its right. */
  | 'low'
  /** One pane at a time. */
  | 'tabs'

/**
 * Chooses by the room there is, in rem: larger text counts as less room. The stage keeps at least
 * 24 by 15 rem in every layout but `tabs`.
 */
export function playLayoutFor(width: number, height: number): PlayLayout {
  if (width >= 78 && height >= 42) return 'wide'
  if (height > width && width >= 46 && height >= 72) return 'portrait'
  if (width >= 50 && height >= 34) return 'medium'
  if (height >= 44 && width >= 24) return 'tall'
  if (width >= 42 && height >= 24) return 'low'
  return 'tabs'
}

export type Pane = 'stage' | 'mission' | 'terminal' | 'instruments'

/** Panes that share one place as tabs, in order; empty where every pane has its own. */
export function tabbedPanes(layout: PlayLayout): readonly Pane[] {
  switch (layout) {
    case 'medium':
      return ['mission', 'instruments']
    case 'tall':
    case 'low':
      return ['mission', 'terminal', 'instruments']
    case 'tabs':
      return ['stage', 'mission', 'terminal', 'instruments']
    default:
      return []
  }
}
