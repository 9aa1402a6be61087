import { ListPlus } from "lucide-preact";
import { Rail, RailChoice } from "../../kit/Parts";
import { TextSkeleton } from "../../kit/Skeleton";
import type { ContactList, Segment } from "../../lib/wire";
import { count } from "../../lib/words";
import { addressOf, type Shown } from "./shown";

interface Props {
	lists: ContactList[] | undefined;
	segments: Segment[] | undefined;
	shown: Shown;
	onShow: (shown: Shown) => void;
	onNew: () => void;
}

/** The lists and segments to choose from: beside the contacts, or above them on a small screen. */
export function ListRail({ lists, segments, shown, onShow, onNew }: Props) {
	const choice = (next: Shown, name: string, people?: number) => (
		<RailChoice
			key={next.id ?? "all"}
			href={addressOf(next)}
			isShown={next.id === shown.id}
			onPick={() => onShow(next)}
		>
			<span class="max-w-40 truncate">{name}</span>
			{people !== undefined && <span class="num text-muted text-xs">{count(people)}</span>}
		</RailChoice>
	);
	return (
		<Rail label="Lists" beside>
			{choice({ kind: "all", id: null }, "All contacts")}
			{lists?.map(({ id, name, contactCount }) => choice({ kind: "list", id }, name, contactCount))}
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
			{!!segments?.length && <li class="text-faint px-3 pt-3 pb-1 text-xs font-medium max-lg:hidden">Segments</li>}
			{segments?.map(({ id, name }) => choice({ kind: "segment", id }, name))}
		</Rail>
	);
}
