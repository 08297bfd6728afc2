import 'package:flutter/material.dart';

import 'backend.dart';

class SignInPage extends StatefulWidget {
  const SignInPage({super.key});

  @override
  State<SignInPage> createState() => _SignInPageState();
}

class _SignInPageState extends State<SignInPage> {
  final email = TextEditingController(text: 'anna@example.com');
  final password = TextEditingController();

  Future<void> signIn(Future<void> Function() action) async {
    if (!await attempt(action)) return;
    await navigator.currentState?.pushReplacementNamed('/chats');
  }

  @override
  void dispose() {
    email.dispose();
    password.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(title: const Text('Sign in')),
    body: ListView(
      padding: const EdgeInsets.all(16),
      children: [
        TextField(
          controller: email,
          decoration: const InputDecoration(labelText: 'Email'),
        ),
        TextField(
          controller: password,
          obscureText: true,
          decoration: const InputDecoration(labelText: 'Password'),
        ),
        const SizedBox(height: 16),
        FilledButton(
          onPressed: () => signIn(() => api.login(email: email.text, password: password.text)),
          child: const Text('Log in'),
        ),
        TextButton(
          onPressed: () => signIn(() => api.register(email: email.text, password: password.text)),
          child: const Text('Create an account'),
        ),
      ],
    ),
  );
}
