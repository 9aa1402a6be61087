import { useSignal } from "@preact/signals";
import { NotebookText, Pencil, Plus, Trash2 } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { api, OUTLIVES_PAGE, said } from "../lib/api";
import { removeWithUndo } from "../lib/changes";
import { templatesQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import type { MessageTemplate } from "../lib/wire";
import { day } from "../lib/words";

const TemplateDialog = later(() => import("./templates/TemplateDialog").then((part) => part.TemplateDialog));

/** The account's templates: to read, change, add and throw away. */
export function TemplatesPage() {
	const templates = useRead(templatesQuery);
	const editing = useSignal<MessageTemplate | "new" | null>(null);
	const add = (
		<button type="button" class="btn btn-primary" onClick={() => (editing.value = "new")}>
			<Plus size={16} aria-hidden /> New template
		</button>
	);
	return (
		<>
			{templates.isPending && <RowsSkeleton rows={4} columns={2} label="Loading your templates" />}
			{templates.isError && (
				<Trouble what="Your templates did not load." error={templates.error} again={templates.again} />
			)}
			{templates.data?.length === 0 && (
				<div class="card">
					<Empty icon={NotebookText} title="No templates yet" actions={add}>
						A template is a text with places such as {"{{firstName}}"}. In the inbox it is filled in by itself, and
						still yours to change before it leaves.
					</Empty>
				</div>
			)}
			{!!templates.data?.length && (
				<>
					<div class="mb-4 flex items-center justify-between gap-3">
						<a class="link text-sm" href="/chat">
							Back to the inbox
						</a>
						{add}
					</div>
					<ul class="grid gap-4 lg:grid-cols-2">
						{templates.data.map((template) => (
							<Card key={template.id} template={template} onEdit={() => (editing.value = template)} />
						))}
					</ul>
				</>
			)}
			{editing.value && (
				<TemplateDialog
					template={editing.value === "new" ? null : editing.value}
					onClose={() => {
						editing.value = null;
					}}
				/>
			)}
		</>
	);
}

function Card({ template, onEdit }: { template: MessageTemplate; onEdit: () => void }) {
	const { id, name, body, updatedAt } = template;
	function remove() {
		removeWithUndo<MessageTemplate>({
			key: "templates",
			text: `Template “${name}” is gone.`,
			isIt: (item) => item.id === id,
			remove: () => said(api["message-templates"][":id"].$delete({ param: { id }, query: {} }, OUTLIVES_PAGE)),
		});
	}
	return (
		<li class="card flex flex-col p-4">
			<div class="flex items-start gap-1">
				<h2 class="me-auto min-w-0 text-base wrap-anywhere">
					<bdi>{name}</bdi>
				</h2>
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square"
					aria-label={`Change ${name}`}
					title="Change"
					onClick={onEdit}
				>
					<Pencil size={15} aria-hidden />
				</button>
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square hover:text-error"
					aria-label={`Delete ${name}`}
					title="Delete"
					onClick={remove}
				>
					<Trash2 size={15} aria-hidden />
				</button>
			</div>
			<p class="mt-1 text-sm whitespace-pre-wrap wrap-anywhere" dir="auto">
				<Places body={body} />
			</p>
			<p class="text-muted mt-auto pt-2 text-xs">Changed {day(updatedAt)}</p>
		</li>
	);
}

/** A template's text with its places made visible. */
function Places({ body }: { body: string }) {
	return (
		<>
			{body.split(/(\{\{[^{}]*\}\})/).map((part, at) =>
				at % 2 ? (
					<code key={`${at}${part}`} class="bg-base-300 rounded px-1 text-xs">
						{part}
					</code>
				) : (
					part
				),
			)}
		</>
	);
}
