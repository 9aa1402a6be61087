import { Users } from "lucide-preact";
import { later } from "../../kit/later";
import { RowTools } from "../../kit/RowTools";
import { api, OUTLIVES_PAGE, said } from "../../lib/api";
import { removeWithUndo } from "../../lib/changes";
import { membersQuery, profileQuery, ringGroupsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import type { RingGroup } from "../../lib/wire";
import { EditedList } from "./EditedList";

const RingGroupDialog = later(() => import("./RingGroupDialog").then((part) => part.RingGroupDialog));

/** People who are rung together, under a name that routings refer to. */
export function RingGroups() {
	return (
		<EditedList<RingGroup>
			id="ring-groups"
			title="Ring groups"
			lead="People who are rung together. A number's routing names the group; who is in it is changed here, once."
			word="ring groups"
			one="a ring group"
			none="None yet. Make one for sales or support, then choose it where a number's calls are routed."
			things={useRead(ringGroupsQuery)}
			line={(group, edit) => <Group key={group.id} group={group} onEdit={edit} />}
			editor={(group, close) => <RingGroupDialog group={group} onClose={close} />}
		/>
	);
}

function Group({ group, onEdit }: { group: RingGroup; onEdit: () => void }) {
	const names = useNames();
	const people = new Intl.ListFormat("en").format(group.memberIds.map((id) => names.get(id) ?? "…"));
	const remove = () =>
		removeWithUndo<RingGroup>({
			key: "ring-groups",
			remove: () => said(api["ring-groups"][":id"].$delete({ param: { id: group.id } }, OUTLIVES_PAGE)),
			text: `“${group.name}” is deleted.`,
			isIt: ({ id }) => id === group.id,
		});
	return (
		<li class="flex items-center gap-3">
			<Users size={16} class="text-muted flex-none" aria-hidden />
			<div class="min-w-0 flex-1">
				<p class="truncate font-medium">{group.name}</p>
				<p class="text-muted truncate text-sm">
					{people}, {group.strategy === "all" ? "all at once" : "one after the other"}, {group.ringSeconds} s
				</p>
			</div>
			<RowTools name={group.name} onChange={onEdit} onDelete={remove} />
		</li>
	);
}

/** Who may be rung, by id: oneself and the account's sub-accounts. */
export function useNames(): Map<string, string> {
	const profile = useRead(profileQuery);
	const members = useRead(membersQuery);
	const me = profile.data ? [[profile.data.userId, `${profile.data.fullName || "You"} (you)`] as const] : [];
	return new Map([...me, ...(members.data ?? []).map(({ id, fullName, email }) => [id, fullName ?? email] as const)]);
}
