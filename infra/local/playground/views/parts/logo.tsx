/** The drawing that also stands in the browser's tab. The product's name is beside it. */
export const Logo = () => <img class="logo" src="/_local/playground/logo.svg" alt="" width="64" height="64" />;
