import type { ComponentChildren } from "preact";
import { tellTrouble } from "../lib/toasts";
import { Action } from "./Action";

interface Props {
	/** What `useReadPages` gave. */
	of: { hasMore: boolean; isLoadingMore: boolean; more: () => Promise<void> };
	look?: string;
	/** Where it stands; in the middle below its list unless said otherwise. */
	class?: string;
	children: ComponentChildren;
}

/** Reads the next page of a list, as long as there is one. */
export function More({ of: pages, look = "btn-quiet", class: place = "mt-4 text-center", children }: Props) {
	if (!pages.hasMore) return null;
	return (
		<div class={place}>
			<Action
				look={look}
				busy={pages.isLoadingMore}
				busyWord="Loading…"
				onClick={() => void pages.more().catch(tellTrouble)}
			>
				{children}
			</Action>
		</div>
	);
}
