import { Devices } from "./Devices";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";

/** Who may come in, and how. */
export function Security() {
	return (
		<>
			<PasswordForm />
			<SecondFactor />
			<Devices />
		</>
	);
}
