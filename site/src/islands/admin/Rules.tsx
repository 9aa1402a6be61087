import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { InstallationChange, InstallationSettings } from "../../lib/wire";
import { Section } from "../settings/Section";

/** What is decided for every account: calling hours, rent that is not paid, countries. */
export function Rules() {
	const rules = useRead({ key: ["admin", "settings"], read: () => said(api.admin.settings.$get()) });
	if (rules.isPending)
		return (
			<div class="card p-6">
				<TextSkeleton lines={6} label="Loading the settings" />
			</div>
		);
	if (rules.isError) return <Trouble what="The settings did not load." error={rules.error} again={rules.again} />;
	return (
		<>
			<Hours rules={rules.data} />
			<Rent rules={rules.data} />
			<Blocked rules={rules.data} />
		</>
	);
}

interface FormProps {
	id: string;
	title: string;
	lead: string;
	/** What was typed, as a change; or what is wrong with it. */
	read: (form: FormData) => InstallationChange | string;
	children: ComponentChildren;
}

function RuleForm({ id, title, lead, read, children }: FormProps) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	async function save(event: SubmitEvent) {
		event.preventDefault();
		const change = read(new FormData(event.currentTarget as HTMLFormElement));
		trouble.value = typeof change === "string" ? change : "";
		if (typeof change === "string") return;
		busy.value = true;
		try {
			await said(api.admin.settings.$patch({ json: change }));
			await changed("admin");
			tell(`${title}: saved.`);
		} catch (error) {
			trouble.value = reasonOf(error);
		}
		busy.value = false;
	}
	return (
		<Section id={id} title={title} lead={lead}>
			<form onSubmit={save} class="flex max-w-md flex-col gap-4" noValidate>
				{children}
				{trouble.value && (
					<p class="notice notice-bad" role="alert">
						{trouble}
					</p>
				)}
				<div>
					<Action type="submit" busy={busy.value} busyWord="Saving…">
						Save
					</Action>
				</div>
			</form>
		</Section>
	);
}

function Hours({ rules: { legalHours } }: { rules: InstallationSettings }) {
	return (
		<RuleForm
			id="hours"
			title="Calling hours"
			lead="No campaign rings anybody outside these, in the called person's own time."
			read={(form) => ({ legalHours: { start: String(form.get("start")), end: String(form.get("end")) } })}
		>
			<div class="grid grid-cols-2 gap-3">
				<Field label="From" hint="Such as 08:00">
					<input class="input num" name="start" maxLength={5} defaultValue={legalHours.start} />
				</Field>
				<Field label="To" hint="Such as 21:00">
					<input class="input num" name="end" maxLength={5} defaultValue={legalHours.end} />
				</Field>
			</div>
		</RuleForm>
	);
}

function Rent({ rules: { rent } }: { rules: InstallationSettings }) {
	const whole = (form: FormData, name: string) => Number(form.get(name) || Number.NaN);
	return (
		<RuleForm
			id="rent"
			title="Unpaid rent"
			lead="A number whose rent cannot be paid stays for the days of grace, and its owner is told twice."
			read={(form) => {
				const [graceDays, lastNoticeDays] = [whole(form, "grace"), whole(form, "last")];
				return Number.isInteger(graceDays) && Number.isInteger(lastNoticeDays)
					? { rent: { graceDays, lastNoticeDays } }
					: "Give whole days.";
			}}
		>
			<div class="grid grid-cols-2 gap-3">
				<Field label="Days of grace">
					<input class="input num" name="grace" inputMode="numeric" defaultValue={String(rent.graceDays)} />
				</Field>
				<Field label="Last notice, days before">
					<input class="input num" name="last" inputMode="numeric" defaultValue={String(rent.lastNoticeDays)} />
				</Field>
			</div>
		</RuleForm>
	);
}

const codes = (text: FormDataEntryValue | null) =>
	String(text ?? "")
		.toUpperCase()
		.split(/[^A-Z]+/)
		.filter(Boolean);

function Blocked({ rules: { blockedCountries, reach } }: { rules: InstallationSettings }) {
	return (
		<RuleForm
			id="countries"
			title="Countries"
			lead="Two-letter codes with spaces between them, such as US GB DE."
			read={(form) => ({
				blockedCountries: codes(form.get("blocked")),
				reach: { ...reach, countries: codes(form.get("open")) },
			})}
		>
			<Field label="No campaign calls" hint="Empty: campaigns may call everywhere.">
				<textarea class="textarea" name="blocked" rows={2} defaultValue={blockedCountries.join(" ")} />
			</Field>
			<Field label="Accounts may text and call by hand">
				<textarea class="textarea" name="open" rows={4} defaultValue={reach.countries.join(" ")} />
			</Field>
		</RuleForm>
	);
}
