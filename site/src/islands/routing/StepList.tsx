import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-preact";
import { Menu } from "../../kit/Menu";
import { isLast, MOST_STEPS, NEW_STEP, type Step, type StepKind, wrongAt } from "./draft";
import { StepFields } from "./StepFields";
import { KINDS, type Names } from "./words";

interface Props {
	/** Where the steps stand in the routing: "steps" or "hours.closed". */
	path: string;
	steps: Step[];
	names: Names;
	wrong: Record<string, string>;
	onChange: (steps: Step[]) => void;
}

/** Steps in order: the next one is tried when nobody answers. */
export function StepList({ path, steps, names, wrong, onChange }: Props) {
	const move = (at: number, by: number) => {
		const next = [...steps];
		const [step] = next.splice(at, 1);
		if (step) next.splice(at + by, 0, step);
		onChange(next);
	};
	const early = steps.findIndex((step, at) => isLast(step) && step.kind !== "queue" && at < steps.length - 1);
	return (
		<div class="grid gap-3">
			<ol class="grid gap-3">
				{steps.map((step, at) => (
					<StepCard
						key={`${at}-${step.kind}`}
						id={`${path}.${at}`}
						step={step}
						place={at + 1}
						last={at === steps.length - 1}
						names={names}
						wrong={wrongAt(wrong, `${path}.${at}`)}
						onChange={(changed) => onChange(steps.map((one, place) => (place === at ? changed : one)))}
						onMove={(by) => move(at, by)}
						onRemove={() => onChange(steps.filter((_, place) => place !== at))}
					/>
				))}
			</ol>
			{steps.length === 0 && (
				<p class="text-error text-sm" role="alert">
					{wrong[path] ?? "Add at least one step."}
				</p>
			)}
			{early >= 0 && (
				<p class="notice notice-warn">Step {early + 1} ends the call, so nothing after it is ever reached.</p>
			)}
			{steps.length < MOST_STEPS && (
				<Menu
					label="Add a step"
					look="btn-quiet w-fit"
					face={
						<>
							<Plus size={16} aria-hidden /> Add a step
						</>
					}
				>
					{(Object.keys(KINDS) as StepKind[]).map((kind) => {
						const { icon: Icon, word } = KINDS[kind];
						return (
							<button
								key={kind}
								type="button"
								class="rail-link w-full text-start"
								onClick={() => onChange([...steps, NEW_STEP[kind]()])}
							>
								<Icon size={16} class="text-muted flex-none" aria-hidden /> {word}
							</button>
						);
					})}
				</Menu>
			)}
		</div>
	);
}

interface CardProps {
	id: string;
	step: Step;
	place: number;
	last: boolean;
	names: Names;
	wrong: string;
	onChange: (step: Step) => void;
	onMove: (by: number) => void;
	onRemove: () => void;
}

function StepCard({ id, step, place, last, names, wrong, onChange, onMove, onRemove }: CardProps) {
	const { icon: Icon, word } = KINDS[step.kind];
	const act = "btn btn-ghost btn-sm btn-square";
	return (
		<li class={`card ${wrong ? "border-error" : ""}`}>
			<header class="flex items-center gap-3 py-2 ps-4 pe-2">
				<span class="num text-muted text-sm">{place}</span>
				<Icon size={16} class="text-primary flex-none" aria-hidden />
				<h3 class="min-w-0 flex-1 truncate text-base">{word}</h3>
				<button
					type="button"
					class={act}
					disabled={place === 1}
					aria-label={`Move step ${place} up`}
					title="Up"
					onClick={() => onMove(-1)}
				>
					<ArrowUp size={15} aria-hidden />
				</button>
				<button
					type="button"
					class={act}
					disabled={last}
					aria-label={`Move step ${place} down`}
					title="Down"
					onClick={() => onMove(1)}
				>
					<ArrowDown size={15} aria-hidden />
				</button>
				<button
					type="button"
					class={`${act} hover:text-error`}
					aria-label={`Remove step ${place}`}
					title="Remove"
					onClick={onRemove}
				>
					<Trash2 size={15} aria-hidden />
				</button>
			</header>
			{step.kind !== "hangup" && (
				<div class="line grid gap-3 border-t px-4 py-3">
					<StepFields id={id} step={step} names={names} onChange={onChange} />
				</div>
			)}
			{wrong && (
				<p class="text-error px-4 pb-3 text-sm" role="alert">
					{wrong}
				</p>
			)}
		</li>
	);
}
