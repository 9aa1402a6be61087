import { useSignal } from "@preact/signals";
import { Monitor, Moon, Sun } from "lucide-preact";
import { api, said } from "../../lib/api";
import { type Theme, wearTheme, wornTheme } from "../../lib/theme";
import { tellTrouble } from "../../lib/toasts";
import { Section } from "./Section";

const THEMES = [
	["system", "As the system", Monitor],
	["day", "Day", Sun],
	["night", "Night", Moon],
] as const;

/** Day, night, or as the system has it. Worn at once, and remembered with the account. */
export function Appearance() {
	const worn = useSignal<Theme>(wornTheme());
	function choose(theme: Theme) {
		worn.value = theme;
		wearTheme(theme);
		said(api.users.settings.$patch({ json: { theme } })).catch(tellTrouble);
	}
	return (
		<Section id="appearance" title="Appearance">
			<fieldset class="grid gap-2 sm:grid-cols-3">
				<legend class="sr-only">Theme</legend>
				{THEMES.map(([theme, word, Sign]) => (
					<label
						key={theme}
						class="relative line has-checked:border-primary has-checked:bg-primary/7 has-focus-visible:outline-primary flex min-h-11 items-center gap-3 rounded-field border px-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
					>
						<input
							type="radio"
							class="cover"
							name="theme"
							value={theme}
							checked={worn.value === theme}
							onChange={() => choose(theme)}
						/>
						<Sign size={17} class={worn.value === theme ? "text-primary" : "text-muted"} aria-hidden />
						<span class="text-sm font-medium">{word}</span>
					</label>
				))}
			</fieldset>
		</Section>
	);
}
