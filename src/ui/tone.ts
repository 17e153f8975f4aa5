/** What a coloured element says; the words beside it always say it too. */
export type Tone = "neutral" | "good" | "bad" | "warn" | "accent";
