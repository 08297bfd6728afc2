/** The texts of the first page. */
export const entryEn = {
  welcome: { signIn: 'Welcome back! Sign in to your chats.', signUp: 'Create an account to start chatting.' },
  isNew: 'New here?',
  isKnown: 'Already have an account?',
  way: 'How to sign in',
  showPassword: 'Show the password',
  passwordHint: 'At least 8 characters.',
  phoneHint: 'We will text you a code. A number that is new here gets a new account.',
  codeSentTo: (phone: string) => `We have sent a code to ${phone}.`,
  changePhone: 'Change the number',
  sendAgain: 'Send the code again',
  sendAgainIn: (seconds: number) => `Send again in ${seconds} s`,
  tryIt: 'Just looking around?',
  demoHas: 'It has chats with Anna and Boris.',
  secondPersonTitle: 'How to chat with yourself',
  docs: 'For developers',
};
