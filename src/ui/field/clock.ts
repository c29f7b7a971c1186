/** The phone's own clock, in milliseconds: what it says is sent beside every record, and the node keeps its own. The one file that asks. */
export const phoneTime = (): number => Date.now()
export const phoneInstant = (): string => new Date(phoneTime()).toISOString()
