import { useSignal } from "@preact/signals";
import { CircleCheck, ShieldCheck } from "lucide-preact";
import { Dialog } from "../../kit/Dialog";
import { TextSkeleton } from "../../kit/Skeleton";
import { State } from "../../kit/State";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { counted } from "../../lib/words";
import { CodeForm } from "./CodeForm";
import { QrCode } from "./QrCode";
import { RecoveryCodes } from "./RecoveryCodes";
import { Section } from "./Section";

type Doing =
	| { what: "on"; secret: string; url: string }
	| { what: "off" }
	| { what: "renew" }
	| { what: "codes"; codes: string[] };

/** A code beside the password: on, off, and the codes for the day when the telephone is gone. */
export function SecondFactor() {
	const factor = useRead({ key: ["second-factor"], read: () => said(api.auth.totp.$get()) });
	const doing = useSignal<Doing | null>(null);
	const close = () => {
		doing.value = null;
	};

	async function propose() {
		try {
			const { secret, otpauthUrl } = await said(api.auth.totp.$post());
			doing.value = { what: "on", secret, url: otpauthUrl };
		} catch (error) {
			tellTrouble(error);
		}
	}
	async function turnOn(code: string) {
		const { recoveryCodes } = await said(api.auth.totp.confirm.$post({ json: { code } }));
		await changed("second-factor");
		doing.value = { what: "codes", codes: recoveryCodes };
	}
	async function renew(code: string) {
		const { recoveryCodes } = await said(api.auth.totp["recovery-codes"].$post({ json: { code } }));
		await changed("second-factor");
		doing.value = { what: "codes", codes: recoveryCodes };
	}
	async function turnOff(code: string) {
		await said(api.auth.totp.$delete({ json: { code } }));
		await changed("second-factor");
		tell("The second factor is off.");
		close();
	}

	const now = doing.value;
	return (
		<Section
			id="second-factor"
			title="Second factor"
			lead="A code of an authenticator app, asked for after the password."
		>
			{factor.isPending && <TextSkeleton lines={1} label="Loading the second factor" />}
			{factor.isError && <Trouble what="The second factor did not load." error={factor.error} again={factor.again} />}
			{factor.data && (
				<div class="flex flex-wrap items-center gap-3">
					<div class="me-auto">
						{factor.data.enabled ? (
							<>
								<State tone="good" icon={ShieldCheck} word="On" />
								<span class="text-muted ms-3 text-sm">
									{counted(factor.data.recoveryCodesLeft, "recovery code")} left
								</span>
							</>
						) : (
							<span class="text-muted text-sm">Off. The password alone is enough.</span>
						)}
					</div>
					{factor.data.enabled ? (
						<>
							<button
								type="button"
								class="btn btn-quiet"
								onClick={() => {
									doing.value = { what: "renew" };
								}}
							>
								New recovery codes
							</button>
							<button
								type="button"
								class="btn btn-quiet"
								onClick={() => {
									doing.value = { what: "off" };
								}}
							>
								Turn off
							</button>
						</>
					) : (
						<button type="button" class="btn btn-quiet" onClick={propose}>
							Turn on
						</button>
					)}
				</div>
			)}
			{now?.what === "on" && (
				<Dialog title="Turn the second factor on" onClose={close}>
					<CodeForm verb="Turn on" onCancel={close} onCode={turnOn}>
						<p class="text-muted text-sm">
							Scan this with your authenticator app, type the key into it, or{" "}
							<a class="link" href={now.url}>
								open it there
							</a>
							. Then type the six digits that the app shows.
						</p>
						<div class="flex justify-center">
							<QrCode text={now.url} label="The key as a picture to scan" />
						</div>
						<p class="bg-base-200 rounded-field p-3 text-center font-mono text-sm break-all">{now.secret}</p>
					</CodeForm>
				</Dialog>
			)}
			{now?.what === "off" && (
				<Dialog title="Turn the second factor off" onClose={close}>
					<CodeForm verb="Turn off" danger onCancel={close} onCode={turnOff}>
						<p class="text-muted text-sm">Afterwards the password alone is enough to sign in.</p>
					</CodeForm>
				</Dialog>
			)}
			{now?.what === "renew" && (
				<Dialog title="New recovery codes" onClose={close}>
					<CodeForm verb="Make new codes" onCancel={close} onCode={renew}>
						<p class="text-muted text-sm">The codes that you have are worthless afterwards.</p>
					</CodeForm>
				</Dialog>
			)}
			{now?.what === "codes" && (
				<Dialog title="Your recovery codes" onClose={close}>
					<p class="mb-3 flex items-center gap-2 text-sm font-medium">
						<CircleCheck size={17} class="text-success" aria-hidden /> The second factor is on, and these are its codes.
					</p>
					<RecoveryCodes codes={now.codes} onDone={close} />
				</Dialog>
			)}
		</Section>
	);
}
