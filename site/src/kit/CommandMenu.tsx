import { navigate } from "astro:transitions/client";
import { useSignal } from "@preact/signals";
import { Search } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { type Command, commands } from "../lib/commands";

/** Everything that can be done, by typing its name. `onClose` is told when it is over. */
export function CommandMenu({ onClose }: { onClose: () => void }) {
	const dialog = useRef<HTMLDialogElement>(null);
	const text = useSignal("");
	const at = useSignal(0);
	const found = commands(text.value);
	useEffect(() => dialog.current?.showModal(), []);

	function run(command: Command | undefined) {
		dialog.current?.close();
		if (!command) return;
		if (command.run) command.run();
		else if (command.href) void navigate(command.href);
	}

	function steer(event: KeyboardEvent) {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step && found.length) at.value = (at.value + step + found.length) % found.length;
		else if (event.key === "Enter") run(found[at.value]);
		else return;
		// The same key press must not click whatever gets the focus back.
		event.preventDefault();
	}

	return (
		<dialog ref={dialog} class="modal items-start pt-[12vh]" aria-label="Command menu" onClose={onClose}>
			<div class="modal-box max-w-lg p-0">
				<div class="line flex items-center gap-3 border-b px-4">
					<Search size={17} class="text-muted" aria-hidden />
					<input
						class="h-12 min-w-0 flex-1 bg-transparent outline-none placeholder:text-base-content/65"
						type="text"
						role="combobox"
						aria-label="Search commands"
						aria-expanded="true"
						aria-controls="commands"
						aria-activedescendant={found[at.value] ? `command-${at.value}` : undefined}
						autocomplete="off"
						placeholder="Go to, or do…"
						value={text}
						onInput={(event) => {
							text.value = event.currentTarget.value;
							at.value = 0;
						}}
						onKeyDown={steer}
					/>
					<kbd class="kbd">Esc</kbd>
				</div>
				<div id="commands" role="listbox" aria-label="Commands" class="max-h-[50vh] overflow-y-auto p-2">
					{found.map((command, index) => (
						<button
							key={command.word}
							id={`command-${index}`}
							type="button"
							role="option"
							tabIndex={-1}
							aria-selected={index === at.value}
							class="rail-link aria-selected:bg-base-300 min-h-10 w-full justify-between text-start"
							onPointerMove={() => {
								at.value = index;
							}}
							onClick={() => run(command)}
						>
							{command.word}
							{command.keys && (
								<span class="flex gap-1">
									{command.keys.split(" ").map((key) => (
										<kbd class="kbd" key={key}>
											{key.toUpperCase()}
										</kbd>
									))}
								</span>
							)}
						</button>
					))}
				</div>
				{found.length === 0 && <p class="text-muted px-6 pb-5 text-sm">Nothing matches. Try “number” or “campaign”.</p>}
			</div>
			<form method="dialog" class="modal-backdrop">
				<button type="submit" tabIndex={-1} aria-hidden="true">
					Close
				</button>
			</form>
		</dialog>
	);
}
