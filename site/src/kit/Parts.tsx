import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

type Parts<Name extends string> = readonly (readonly [name: Name, word: string, ...more: unknown[]])[];

/** Which part of a page is shown. The address names it; the first one needs no naming. */
export function usePart<Name extends string>(parts: Parts<Name>) {
	const asked = new URLSearchParams(location.search).get("part");
	const first = parts[0]?.[0] as Name;
	const part = useSignal<Name>(parts.find(([name]) => name === asked)?.[0] ?? first);
	const addressOf = (name: Name) => (name === first ? location.pathname : `?part=${name}`);
	function show(name: Name) {
		part.value = name;
		history.replaceState(history.state, "", addressOf(name));
	}
	return { shown: part.value, show, addressOf };
}

interface Props<Name extends string> {
	label: string;
	parts: Parts<Name>;
	at: ReturnType<typeof usePart<Name>>;
	/** They stand beside the page when it is wide, instead of above it. */
	beside?: boolean;
}

/** The parts of a page to choose from. On a narrow screen they stand in a row that may be longer than it is wide. */
export function PartNav<Name extends string>({ label, parts, at, beside = false }: Props<Name>) {
	const nav = useRef<HTMLElement>(null);
	useEffect(() => nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }), [at.shown]);
	return (
		<nav aria-label={label} ref={nav}>
			<ul class={`flex gap-1 max-lg:overflow-x-auto max-lg:pb-2 ${beside ? "lg:flex-col" : ""}`}>
				{parts.map(([name, word]) => (
					<li key={name} class="max-lg:flex-none">
						<a
							class="rail-link max-lg:line max-lg:border"
							href={at.addressOf(name)}
							aria-current={at.shown === name ? "page" : undefined}
							onClick={(event) => {
								event.preventDefault();
								at.show(name);
							}}
						>
							{word}
						</a>
					</li>
				))}
			</ul>
		</nav>
	);
}
