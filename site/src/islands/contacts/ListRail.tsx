import { ListPlus } from "lucide-preact";
import { TextSkeleton } from "../../kit/Skeleton";
import type { ContactList } from "../../lib/wire";
import { count } from "../../lib/words";

interface Props {
	lists: ContactList[] | undefined;
	chosen: string | null;
	onChoose: (id: string | null) => void;
	onNew: () => void;
}

/** The lists to choose from: beside the contacts, or above them on a small screen. */
export function ListRail({ lists, chosen, onChoose, onNew }: Props) {
	const entries = [{ id: null, name: "All contacts", contactCount: null }, ...(lists ?? [])];
	return (
		<nav aria-label="Lists">
			<ul class="flex gap-1 max-lg:overflow-x-auto max-lg:pb-2 lg:flex-col">
				{entries.map(({ id, name, contactCount }) => (
					<li key={id ?? "all"} class="max-lg:flex-none">
						<button
							type="button"
							class="rail-link max-lg:line w-full justify-between text-start max-lg:border"
							aria-current={id === chosen ? "page" : undefined}
							onClick={() => onChoose(id)}
						>
							<span class="max-w-40 truncate">{name}</span>
							{contactCount !== null && <span class="num text-muted text-xs">{count(contactCount)}</span>}
						</button>
					</li>
				))}
				{!lists && (
					<li class="p-3">
						<TextSkeleton lines={2} label="Loading your lists" />
					</li>
				)}
				<li class="max-lg:flex-none">
					<button type="button" class="rail-link w-full text-start" onClick={onNew}>
						<ListPlus size={16} aria-hidden /> New list
					</button>
				</li>
			</ul>
		</nav>
	);
}
