/**
 * Ids of the rules that events name. MODEL.md lists each with the fact behind it; a test keeps the
 * two lists equal. Stable: levels and texts refer to them.
 */
export const overlayRules = [
  'lookup-top-down',
  'whiteout-ends-lookup',
  'read-in-place',
  'open-for-write-copies-up',
  'truncating-open-copies-no-data',
  'truncate-copies-all-first',
  'attributes-copy-up',
  'xattr-copies-up',
  'rename-copies-up',
  'link-copies-up',
  'parents-copied-up-first',
  'full-disk-leaves-no-partial-copy',
  'write-stays-in-upper',
  'create-in-upper',
  'create-replaces-whiteout',
  'mkdir-over-whiteout-is-opaque',
  'whiteout-hides-lower',
  'removed-from-upper',
  'rename-moves-upper-entry',
  'rename-leaves-whiteout',
  'rename-switches-whiteouts',
  'exchange-swaps-entries',
  'link-joins-names',
  'directory-rename-exdev',
  'read-only-mount',
  'mount-point-busy',
  'other-mount-exdev',
  'no-space',
  'permission-denied',
  'name-rules',
  'plain-file-system',
] as const

export type OverlayRule = (typeof overlayRules)[number]
