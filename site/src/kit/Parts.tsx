import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
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

interface RailProps {
	label: string;
	/** They stand beside the page when it is wide, instead of above it. */
	beside?: boolean;
	children: ComponentChildren;
}

/** Choices of what a page shows. On a narrow screen they stand in a row that may be longer than it is wide. */
export function Rail({ label, beside = false, children }: RailProps) {
	const nav = useRef<HTMLElement>(null);
	const inSight = useRef<Element | null>(null);
	// What is shown may come later than the rest; it is brought into sight once.
	useEffect(() => {
		const current = nav.current?.querySelector("[aria-current]") ?? null;
		if (current !== inSight.current) current?.scrollIntoView({ block: "nearest" });
		inSight.current = current;
	});
	return (
		<nav aria-label={label} ref={nav}>
			<ul class={`flex gap-1 max-lg:overflow-x-auto max-lg:pb-2 ${beside ? "lg:flex-col" : ""}`}>{children}</ul>
		</nav>
	);
}

interface ChoiceProps {
	href: string;
	isShown: boolean;
	onPick: () => void;
	children: ComponentChildren;
}

/** One of them: a link, for those who open it elsewhere. */
export function RailChoice({ href, isShown, onPick, children }: ChoiceProps) {
	return (
		<li class="max-lg:flex-none">
			<a
				class="rail-link max-lg:line justify-between max-lg:border"
				href={href}
				aria-current={isShown ? "page" : undefined}
				onClick={(event) => {
					if (event.ctrlKey || event.metaKey || event.shiftKey) return;
					event.preventDefault();
					onPick();
				}}
			>
				{children}
			</a>
		</li>
	);
}

interface Props<Name extends string> {
	label: string;
	parts: Parts<Name>;
	at: ReturnType<typeof usePart<Name>>;
	beside?: boolean;
}

/** The parts of a page to choose from. */
export function PartNav<Name extends string>({ label, parts, at, beside = false }: Props<Name>) {
	return (
		<Rail label={label} beside={beside}>
			{parts.map(([name, word]) => (
				<RailChoice key={name} href={at.addressOf(name)} isShown={at.shown === name} onPick={() => at.show(name)}>
					{word}
				</RailChoice>
			))}
		</Rail>
	);
}
