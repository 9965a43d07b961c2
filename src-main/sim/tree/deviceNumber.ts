/** Device number of a char device: major and minor. */
export type DeviceNumber = readonly [major: number, minor: number]
