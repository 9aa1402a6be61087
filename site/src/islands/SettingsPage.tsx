import { ApiKeys } from "./settings/ApiKeys";
import { Appearance } from "./settings/Appearance";
import { Devices } from "./settings/Devices";
import { PasswordForm } from "./settings/PasswordForm";
import { PersonalNumber } from "./settings/PersonalNumber";
import { ProfileForm } from "./settings/ProfileForm";
import { SecondFactor } from "./settings/SecondFactor";
import { Transfers } from "./settings/Transfers";

/** What is the user's own: who they are, how the desk looks, who may come in. */
export function SettingsPage() {
	return (
		<div class="flex max-w-3xl flex-col gap-6">
			<ProfileForm />
			<PersonalNumber />
			<Transfers />
			<Appearance />
			<PasswordForm />
			<SecondFactor />
			<Devices />
			<ApiKeys />
		</div>
	);
}
