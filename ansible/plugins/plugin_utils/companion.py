# Copyright (c) The Pep668 developers
# MIT License (see LICENSE)
"""Runs the modules of this collection: with the program pep668 of the target, or with the one in this collection."""
from __future__ import annotations

import json
import os
import shlex

from ansible.plugins.action import ActionBase
from ansible.utils.unsafe_proxy import wrap_var

# The names of files that start with '__' are not listed as modules. The loader is where the program, which needs glibc, expects it.
ARCHITECTURES = {
    'x86_64': ('__pep668_linux_x64', '/lib64/ld-linux-x86-64.so.2'),
    'aarch64': ('__pep668_linux_arm64', '/lib/ld-linux-aarch64.so.1'),
}
MODULES = os.path.join(os.path.dirname(os.path.dirname(__file__)), 'modules')
START = 'pep668-target'
# The program, the system and the loaders that exist, one a line. A login message may come before them.
LOOK = '; '.join(
    ["echo " + START, "command -v pep668 || echo -", "uname -sm"]
    + ["if [ -e %s ]; then echo %s; fi" % (loader, loader) for program, loader in ARCHITECTURES.values()])


class _Failure(Exception):
    """Why a module was not run."""


class CompanionAction(ActionBase):
    """An action whose module is a part of the program pep668."""

    _supports_check_mode = True
    _supports_async = False
    MODULE = ''

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        args = _plain(self._task.args)
        try:
            program, system, loaders = self._look()
            if program:
                result.update(self._run_installed(program, args))
            else:
                result.update(self._transfer(system, loaders, args, task_vars))
        except _Failure as error:
            result.update(failed=True, msg=str(error))
        finally:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result

    def _look(self):
        if getattr(self._connection._shell, 'SHELL_FAMILY', 'sh') == 'powershell':
            raise _Failure('%s does not support Windows.' % self.MODULE)
        found = self._low_level_execute_command(self._command(['/bin/sh', '-c', LOOK]))
        lines = [line.strip() for line in found['stdout'].splitlines()]
        if START not in lines or len(lines) < lines.index(START) + 3:
            raise _Failure('The target could not be examined: %s' % (found['stderr'] or found['stdout']).strip())
        program, system, *loaders = lines[lines.index(START) + 1:]
        # An alias or a function is not a path.
        return (program if program.startswith('/') else None), system, loaders

    def _run_installed(self, program, args):
        text = json.dumps(dict(args, _ansible_check_mode=bool(self._task.check_mode), _ansible_diff=bool(self._task.diff)))
        command = [program, 'ansible', self.MODULE]
        if self._accepts_input():
            done = self._low_level_execute_command(self._command(command), in_data=text.encode('utf-8'))
        else:
            shell = self._connection._shell
            folder = self._make_tmp_path()
            path = shell.join_path(folder, 'args')
            self._transfer_data(path, text)
            self._fixup_perms2((folder, path))
            done = self._low_level_execute_command(self._command(command + [path]))
        for line in reversed(done['stdout'].splitlines()):
            if line.startswith('{'):
                try:
                    return wrap_var(json.loads(line))
                except ValueError:
                    break
        return dict(failed=True, rc=done['rc'], msg="'%s' on the target returned no result: %s"
                    % (program, (done['stderr'] or done['stdout']).strip()))

    # Without pipelining, a terminal may be the input of become.
    def _accepts_input(self):
        return self._is_pipelining_enabled('new') or (self._connection.has_pipelining and not self._connection.become)

    def _transfer(self, system, loaders, args, task_vars):
        kernel, dummy, machine = system.partition(' ')
        if kernel != 'Linux' or machine not in ARCHITECTURES:
            raise _Failure('%s does not support %s; it supports Linux on %s.' % (
                self.MODULE, system or 'this system', ' and '.join(ARCHITECTURES)))
        name, loader = ARCHITECTURES[machine]
        if loader not in loaders:
            raise _Failure("%s needs glibc: the target has no '%s'." % (self.MODULE, loader))
        if not os.path.isfile(os.path.join(MODULES, name)):
            raise _Failure("This collection has no program for %s, and pep668 is not on the PATH of the target." % machine)
        return self._execute_module(
            module_name='pep668.pep668.' + name, module_args=dict(args, _pep668_module=self.MODULE), task_vars=task_vars)

    def _command(self, words):
        return ' '.join([self._compute_environment_string(), *map(shlex.quote, words)]).strip()


# Ansible has its own types of strings.
def _plain(value):
    if isinstance(value, dict):
        return dict((str(key), _plain(one)) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
