import { navigate } from "astro:transitions/client";
import { useSignal } from "@preact/signals";
import { ArrowRight } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { Action } from "../kit/Action";
import { Field } from "../kit/Field";
import { later } from "../kit/later";
import { TextSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { api, said } from "../lib/api";
import { changed } from "../lib/cache";
import { Refusal, reasonOf } from "../lib/refusal";
import { tell } from "../lib/toasts";
import { useRead } from "../lib/use-read";
import type { Campaign } from "../lib/wire";
import { bodyOf, bodyWhileRunning, copyOf, type Draft, draftOf, NEW_DRAFT } from "./campaign-form/draft";
import { faultsOf } from "./campaign-form/faults";
import { People } from "./campaign-form/People";
import { Step } from "./campaign-form/Step";

// The lower half of the form is further down than anybody is in the first moment.
const waiting = (
	<div class="card p-6">
		<TextSkeleton lines={2} label="Loading" />
	</div>
);
const Answering = later(() => import("./campaign-form/Answering").then((part) => part.Answering), waiting);
const Callers = later(() => import("./campaign-form/Callers").then((part) => part.Callers), waiting);
const Hearing = later(() => import("./campaign-form/Hearing").then((part) => part.Hearing), waiting);
const Ready = later(() => import("./campaign-form/Ready").then((part) => part.Ready));
const Hours = later(() => import("./campaign-form/Hours").then((part) => part.Hours), waiting);
const More = later(() => import("./campaign-form/More").then((part) => part.More), waiting);
const Pace = later(() => import("./campaign-form/Pace").then((part) => part.Pace), waiting);

/** Sets a campaign up, or edits the one that the address names. */
export function CampaignForm() {
	const query = new URLSearchParams(location.search);
	const id = query.get("id");
	const from = id ?? query.get("copy");
	const known = useRead({
		key: ["campaigns", from],
		read: () => said(api.campaigns[":id"].$get({ param: { id: from ?? "" } })),
		enabled: from !== null,
	});
	if (from === null)
		return <Form id={null} status="draft" first={{ ...NEW_DRAFT, contactListId: query.get("list") ?? "" }} />;
	if (known.isPending)
		return (
			<div class="card p-6">
				<TextSkeleton lines={8} label="Loading the campaign" />
			</div>
		);
	if (known.isError) return <Trouble what="This campaign did not load." error={known.error} again={known.again} />;
	if (id === null) return <Form id={null} status="draft" first={copyOf(known.data)} />;
	return <Form id={id} status={known.data.status} first={draftOf(known.data)} />;
}

interface FormProps {
	id: string | null;
	status: Campaign["status"];
	first: Draft;
}

function Form({ id, status, first }: FormProps) {
	const draft = useSignal(first);
	const savedId = useSignal(id);
	const busy = useSignal<"save" | "check" | null>(null);
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");
	const summary = useRef<HTMLDivElement>(null);

	useEffect(() => {
		if (trouble.value) summary.current?.focus();
	}, [trouble.value]);

	const going = status === "running";
	const set = (change: Partial<Draft>) => {
		draft.value = { ...draft.value, ...change };
	};

	async function save(): Promise<string> {
		const body = going ? bodyWhileRunning(draft.value) : bodyOf(draft.value);
		const saved = savedId.value
			? await said(api.campaigns[":id"].$patch({ param: { id: savedId.value }, json: body }))
			: await said(api.campaigns.$post({ json: bodyOf(draft.value) }));
		savedId.value = saved.id;
		history.replaceState(history.state, "", `?id=${saved.id}`);
		return saved.id;
	}

	async function go(what: "save" | "check") {
		busy.value = what;
		trouble.value = "";
		wrong.value = faultsOf(draft.value, first, Date.now());
		if (Object.keys(wrong.value).length > 0) {
			trouble.value = "Look at what is marked below.";
			busy.value = null;
			return;
		}
		try {
			const saved = await save();
			await changed("campaigns", "wallet");
			tell("Saved.");
			await navigate(what === "check" || status !== "draft" ? `/campaigns?id=${saved}` : "/campaigns");
		} catch (error) {
			wrong.value = error instanceof Refusal ? error.fields : {};
			trouble.value = reasonOf(error);
			busy.value = null;
		}
	}

	// Who is called and what they hear stays while calls go out.
	const part = { draft: draft.value, set, wrong: wrong.value };
	return (
		<form
			class="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void go(status === "draft" ? "check" : "save");
			}}
		>
			<div class="flex flex-col gap-4">
				{trouble.value && (
					<div ref={summary} class="notice notice-bad outline-none" role="alert" tabIndex={-1}>
						<p>
							<strong class="block">
								{savedId.value ? "The last changes are not saved." : "It is not saved yet."}
							</strong>
							{trouble}
						</p>
					</div>
				)}
				<Step title="What it is called">
					<Field label="Name" hint="Only your team sees it." error={wrong.value.title}>
						<input
							class="input"
							maxLength={200}
							placeholder="Spring check-up reminder"
							value={draft.value.title}
							onInput={(event) => set({ title: event.currentTarget.value })}
						/>
					</Field>
				</Step>
				{going ? (
					<p class="notice">
						It is calling right now: its name, hours, pace and retries can change. Pause it to change what people hear.
					</p>
				) : (
					<>
						<People {...part} />
						<Hearing {...part} />
						<Answering {...part} />
						<Callers {...part} />
					</>
				)}
				<Hours {...part} />
				{!going && <More {...part} />}
				<Pace {...part} />
			</div>
			<aside class="card p-4 lg:sticky lg:top-6 lg:p-5" aria-label="Before it starts">
				<h2 class="mb-3 text-base">Before it starts</h2>
				<Ready draft={draft.value} />
				<div class="mt-4 flex flex-col gap-2">
					{status === "draft" && (
						<Action type="submit" busy={busy.value === "check"} busyWord="Saving…">
							Save and look ahead <ArrowRight size={15} aria-hidden />
						</Action>
					)}
					<Action
						look={status === "draft" ? "btn-quiet" : "btn-primary"}
						busy={busy.value === "save"}
						busyWord="Saving…"
						onClick={() => go("save")}
					>
						{status === "draft" ? "Save as draft" : "Save"}
					</Action>
				</div>
			</aside>
		</form>
	);
}
