import type { Draft } from "./draft";

/** What every part of the form gets. */
export interface PartProps {
	draft: Draft;
	set: (change: Partial<Draft>) => void;
	/** What the server said of each input, by its path. */
	wrong: Record<string, string>;
}
