import { ArrowRight, Check } from "lucide-preact";
import { Bar } from "./Bar";

export interface Step {
	/** Undefined while it is not known. */
	done: boolean | undefined;
	title: string;
	text: string;
	href: string;
	verb: string;
}

/** A way of few steps, the next one first to the eye. */
export function Checklist({ title, steps }: { title: string; steps: Step[] }) {
	const done = steps.filter((step) => step.done).length;
	const next = steps.find((step) => step.done === false);
	return (
		<section class="card overflow-hidden" aria-labelledby="first-steps">
			<header class="flex flex-wrap items-center gap-x-6 gap-y-2 p-4 lg:px-5">
				<h2 id="first-steps" class="me-auto text-base">
					{title}
				</h2>
				<p class="num text-muted text-sm">
					{done} of {steps.length} done
				</p>
				<div class="w-full">
					<Bar slim value={(100 * done) / steps.length} label="First steps done" tone="bg-success" />
				</div>
			</header>
			<ol class="line divide-y divide-[var(--line)] border-t">
				{steps.map((step, index) => (
					<li
						key={step.title}
						class={`flex items-center gap-4 px-4 py-3 lg:px-5 ${step === next ? "bg-primary/5" : ""}`}
					>
						<span
							class={`grid size-7 flex-none place-items-center rounded-full text-xs font-semibold ${step.done ? "bg-success text-success-content" : step === next ? "bg-primary text-primary-content" : "bg-base-300"}`}
						>
							{step.done ? <Check size={15} strokeWidth={3} aria-label="Done" /> : <span class="num">{index + 1}</span>}
						</span>
						<div class="min-w-0 flex-1">
							<h3 class={`text-sm ${step.done ? "text-muted font-normal line-through" : "font-medium"}`}>
								{step.title}
							</h3>
							{!step.done && <p class="text-muted text-sm max-sm:hidden">{step.text}</p>}
						</div>
						{step.done === false && (
							<a class={`btn btn-sm ${step === next ? "btn-primary" : "btn-quiet"}`} href={step.href}>
								{step.verb} <ArrowRight size={14} aria-hidden class="max-sm:hidden" />
							</a>
						)}
						{step.done === undefined && <span class="skel w-20" />}
					</li>
				))}
			</ol>
		</section>
	);
}
