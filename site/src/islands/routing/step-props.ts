import type { Step, StepKind } from "./draft";
import type { Names } from "./words";

/** What the fields of a step are given. */
export interface StepProps<Kind extends StepKind = StepKind> {
	id: string;
	step: Extract<Step, { kind: Kind }>;
	names: Names;
	onChange: (step: Step) => void;
}
