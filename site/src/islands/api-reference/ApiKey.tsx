import { signal } from "@preact/signals";
import { Field } from "../../kit/Field";

/** The key that is sent with, from whichever form of the page it was given in; empty: as whoever is signed in. */
export const apiKey = signal("");

export function ApiKey() {
	return (
		<Field label="API key" optional hint="Stays on this page only. Empty: as whoever is signed in here.">
			<input
				class="input w-full"
				type="password"
				autocomplete="off"
				placeholder="tk_…"
				value={apiKey.value}
				onInput={(event) => {
					apiKey.value = event.currentTarget.value.trim();
				}}
			/>
		</Field>
	);
}
