using System.Text;
using Pep668.Pip.Linting;

namespace Pep668.Tests.Pip.Linting;

/// <summary>Small files of every kind: <c>⟦rule|place⟧</c> is an expected finding, and there are no others.</summary>
public sealed partial class LintCasesTests
{
    public static TheoryData<string, string> Scripts => new()
    {
        { "install.sh", "#!/bin/sh\nset -e\nsudo pip3 install ⟦override-option|--break-system-packages⟧ requests\n" },
        { "short.sh", "pip install ⟦override-option|--break⟧ requests\npip install ⟦override-option|--b⟧ requests\n" },
        { "value.sh", "pip install -r --break requests\npip install --build-constraint c.txt requests\npip install --bre=1 x\n" },
        { "continued.sh", "python3 -m pip install \\\n    --user \\\n    ⟦override-option|--break-system-packages⟧ \\\n    requests\n" },
        { "variable.bash", "⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧ pip install x\nexport ⟦override-variable|UV_BREAK_SYSTEM_PACKAGES=true⟧\n"
            + "sudo ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=on⟧ pip install x\ndocker run -e ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧ i\n" },
        { "off.sh", "export PIP_BREAK_SYSTEM_PACKAGES=0\nPIP_BREAK_SYSTEM_PACKAGES=false pip install x\nunset PIP_BREAK_SYSTEM_PACKAGES\n"
            + "export PIP_BREAK_SYSTEM_PACKAGES\nPIP_BREAK_SYSTEM_PACKAGES= pip install x\nif [ \"$PIP_BREAK_SYSTEM_PACKAGES\" = 1 ]; then :; fi\n"
            + "export PIP_BREAK_SYSTEM_PACKAGES=\"${PIP_BREAK_SYSTEM_PACKAGES:-0}\"\n" },
        { "default.sh", ": \"${⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧:=1}\"\n" },
        { "comment.sh", "# pip install --break-system-packages x\npip install x  # not with --break-system-packages\n# trailing \\\n"
            + "echo \"use pip install --break-system-packages\"\n" },
        { "prose.sh", "usage() {\n  cat <<EOF\nUsage: x [--break-system-packages]\n  pip install --break-system-packages x\nEOF\n}\n"
            + "log_error \"try: pip install --break-system-packages\"\nprintf '%s\\n' --break-system-packages >&2\n"
            + "die \"rm /usr/lib/python3/EXTERNALLY-MANAGED\"\n" },
        { "probe.sh", "if pip install --help | grep -q -- --break-system-packages; then\n"
            + "  opts=\"⟦override-option|--break-system-packages⟧\"\nfi\npip install $opts x\n" },
        { "options.sh", "while [ $# -gt 0 ]; do\n  case \"$1\" in\n    --break-system-packages) FORCE=1 ;;\n    -h|--help) usage; exit ;;\n"
            + "  esac\n  shift\ndone\n[[ $1 == \"--break-system-packages\" && -n $2 ]] && shift\n[ \"$1\" = --break-system-packages ] && shift\n" },
        { "array.bash", "args=(install ⟦override-option|--break-system-packages⟧)\nargs+=(\n  --user # no\n  ⟦override-option|--break-system-packages⟧\n)\npip \"${args[@]}\" x\n" },
        { "alias.zsh", "alias pip='pip3 install ⟦override-option|--break-system-packages⟧'\nset -- \"$@\" ⟦override-option|--break-system-packages⟧\n" },
        { "function.sh", "pip() { command pip \"$@\" ⟦override-option|--break-system-packages⟧; }\nretry 3 pip install ⟦override-option|--break-system-packages⟧ x\n"
            + "install_python ⟦override-option|--break-system-packages⟧ x\n" },
        { "nested.sh", "bash -c 'pip install ⟦override-option|--break-system-packages⟧ x'\nsu - me -c \"pip uninstall -y ⟦override-option|--break-system-packages⟧ x\"\n"
            + "ssh host 'sudo pip install ⟦override-option|--break-system-packages⟧ x'\nout=$(pip install ⟦override-option|--break-system-packages⟧ x)\n"
            + "eval \"pip install ⟦override-option|--break-system-packages⟧ x\"\n`pip install ⟦override-option|--break-system-packages⟧ x`\n" },
        { "heredoc.sh", "sudo bash <<'EOF'\npip install ⟦override-option|--break-system-packages⟧ x\nEOF\n"
            + "cat > /etc/pip.conf <<EOF\n[global]\n⟦override-setting|break-system-packages⟧ = true\nEOF\n"
            + "cat > notes.md <<EOF\npip install --break-system-packages x\nEOF\n"
            + "cat <<EOF | tee setup.sh\npip install ⟦override-option|--break-system-packages⟧ x\nEOF\n"
            + ": <<'COMMENT'\npip install --break-system-packages x\nCOMMENT\n" },
        { "written.sh", "echo \"⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧\" >> \"$GITHUB_ENV\"\n"
            + "printf '[global]\\n⟦override-setting|break-system-packages=true⟧\\n' | sudo tee /etc/pip.conf\n"
            + "echo 'export ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧' >> ~/.bashrc\necho PIP_BREAK_SYSTEM_PACKAGES=1\n" },
        { "config.sh", "pip config set ⟦override-setting|global.break-system-packages⟧ true\npip config --user set ⟦override-setting|install.break_system_packages⟧ 1\n"
            + "pip config set global.break-system-packages false\npip config unset global.break-system-packages\npip config get global.break-system-packages\n" },
        { "uv.sh", "uv pip install ⟦override-option|--break-system-packages⟧ x\nuv pip install --break-system-packages --no-break-system-packages x\nuv pip install --system ⟦override-option|--break-system-packages⟧ x\n" },
        { "marker.sh", "sudo rm -f ⟦marker-removed|/usr/lib/python3*/EXTERNALLY-MANAGED⟧\nmv ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧ /tmp\n"
            + "find /usr/lib -name ⟦marker-removed|EXTERNALLY-MANAGED⟧ -delete\nfind / -name '⟦marker-removed|EXTERNALLY-MANAGED⟧' -exec rm {} \\;\n"
            + "find / -name EXTERNALLY-MANAGED | xargs ⟦marker-removed|rm⟧ -f\nmv ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED{,.bak}⟧\n"
            + "rm \"⟦marker-removed|$(python3 -c 'import sysconfig; print(sysconfig.get_path(\"stdlib\"))')/EXTERNALLY-MANAGED⟧\"\n"
            + "dpkg-divert --rename --add ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧\nln -sf /dev/null ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧\n" },
        { "markers.sh", "marker=/usr/lib/python3.11/EXTERNALLY-MANAGED\n[ -f \"$marker\" ] && rm \"⟦marker-removed|$marker⟧\"\n"
            + "for f in /usr/lib/python3*/EXTERNALLY-MANAGED; do\n  rm -v \"⟦marker-removed|$f⟧\"\ndone\n"
            + "find / -name EXTERNALLY-MANAGED | while read -r one; do rm \"⟦marker-removed|${one}⟧\"; done\n" },
        { "kept.sh", "[ -f /usr/lib/python3.11/EXTERNALLY-MANAGED ] && exit 1\nls /usr/lib/python3*/EXTERNALLY-MANAGED\n"
            + "cp EXTERNALLY-MANAGED /usr/lib/python3.11/\nmv EXTERNALLY-MANAGED.bak /usr/lib/python3.11/EXTERNALLY-MANAGED\n"
            + "rm EXTERNALLY-MANAGED.bak\ngit rm EXTERNALLY-MANAGED\nfind / -name EXTERNALLY-MANAGED\ndpkg-divert --remove /usr/lib/python3/EXTERNALLY-MANAGED\n"
            + "touch /usr/lib/python3.11/EXTERNALLY-MANAGED\nrm \"$other\"\n" },
        { "other.sh", "pip download --break-system-packages x\npip install --no-break-system-packages x\ncp --backup a b\nmake --build x\n"
            + "git commit -m \"Add pip install --break-system-packages\"\ncomplete -W '--break-system-packages' pip\n" },
        { "ignored.sh", "pip install --break-system-packages x  # pep668: ignore (a disposable machine)\n# pep668: ignore, the same\n"
            + "pip install --break-system-packages x\necho '# pep668: ignore'\npip install ⟦override-option|--break-system-packages⟧ x\n" },
        { "config.fish", "set -gx ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ 1\nif test -n \"$X\"\n    pip install ⟦override-option|--break-system-packages⟧ x\nend\n"
            + "set -gx PIP_BREAK_SYSTEM_PACKAGES 0\n" },
        { "tool", "#!/usr/bin/env bash\npip install ⟦override-option|--break-system-packages⟧ x\n" },
        { "README", "pip install --break-system-packages x\n" },
        { "README.md", "```sh\npip install --break-system-packages x\n```\n" },
        { "requirements.txt", "--break-system-packages\nrequests\n" },
        { ".env", "⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧\nUV_BREAK_SYSTEM_PACKAGES=0\n" },
        { "crlf.sh", "pip install \\\r\n  ⟦override-option|--break-system-packages⟧ x\r\nrm ⟦marker-removed|/usr/lib/python3/EXTERNALLY-MANAGED⟧\r\n" },
    };

    public static TheoryData<string, string> Windows => new()
    {
        { "setup.ps1", "$env:⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ = '1'\n& python -m pip install `\n  ⟦override-option|--break-system-packages⟧ x\n"
            + "Remove-Item -Force ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧\n"
            + "[Environment]::SetEnvironmentVariable('⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧', '1', 'User')\n"
            + "Set-Item Env:⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ 1\n" },
        { "more.ps1", "$pipArgs = @('install', '⟦override-option|--break-system-packages⟧', 'x')\n$pipArgs += '⟦override-option|--break-system-packages⟧'\n"
            + "Start-Process pip -ArgumentList 'install','⟦override-option|--break-system-packages⟧' -Wait\n"
            + "Get-ChildItem /usr/lib -Recurse -Filter EXTERNALLY-MANAGED | ⟦marker-removed|Remove-Item⟧ -Force\n"
            + "Get-ChildItem /usr/lib -Recurse -Filter EXTERNALLY-MANAGED | ForEach-Object { ⟦marker-removed|Remove-Item⟧ $_.FullName }\n"
            + "Rename-Item ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧ old\n" },
        { "module.psm1", "<#\n.DESCRIPTION\npip install --break-system-packages x\n#>\n# pip install --break-system-packages\n"
            + "Write-Warning \"pip install --break-system-packages x\"\nWrite-Host pip install --break-system-packages\n"
            + "if ($one -eq '--break-system-packages') { 1 }\nif ($env:PIP_BREAK_SYSTEM_PACKAGES -eq '1') { 2 }\n"
            + "Remove-Item Env:PIP_BREAK_SYSTEM_PACKAGES\n$env:PIP_BREAK_SYSTEM_PACKAGES = '0'\nTest-Path /usr/lib/python3.11/EXTERNALLY-MANAGED\n"
            + "throw \"Remove-Item EXTERNALLY-MANAGED\"\n$text = @'\npip install --break-system-packages x\n'@\n" },
        { "marker.ps1", "$marker = Join-Path $stdlib 'EXTERNALLY-MANAGED'\nif (Test-Path $marker) { Remove-Item ⟦marker-removed|$marker⟧ }\n" },
        { "setup.cmd", "@echo off\nset ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧\nset \"⟦override-variable|UV_BREAK_SYSTEM_PACKAGES=1⟧\"\nsetx ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ 1\n"
            + "pip install ^\r\n  ⟦override-option|--break-system-packages⟧ x\r\nif exist x ( del ⟦marker-removed|C:\\msys64\\usr\\lib\\python3.12\\EXTERNALLY-MANAGED⟧ )\n"
            + "for %%f in (C:\\msys64\\usr\\lib\\EXTERNALLY-MANAGED) do del ⟦marker-removed|%%f⟧\n" },
        { "kept.bat", "rem pip install --break-system-packages x\n:: pip install --break-system-packages x\necho pip install --break-system-packages x\n"
            + "if errorlevel 1 echo pip install --break-system-packages x\nset PIP_BREAK_SYSTEM_PACKAGES=\nset PIP_BREAK_SYSTEM_PACKAGES=0\n"
            + "if exist C:\\lib\\EXTERNALLY-MANAGED exit /b 1\nif \"%1\"==\"--break-system-packages\" goto next\n" },
    };

    public static TheoryData<string, string> Containers => new()
    {
        { "Dockerfile", "FROM debian:12\n# RUN pip install --break-system-packages x\nENV ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧=1\n"
            + "RUN apt-get update && \\\n    # a comment\n    pip3 install \\\n\n    ⟦override-option|--break-system-packages⟧ \\\n    requests\n"
            + "RUN [\"pip\", \"install\", \"⟦override-option|--break-system-packages⟧\", \"x\"]\n"
            + "RUN rm ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧\nENV ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ 1\n" },
        { "Dockerfile.dev", "FROM x\nLABEL note=\"pip install --break-system-packages\"\nENV PIP_BREAK_SYSTEM_PACKAGES=0\nENV A=1 ⟦override-variable|UV_BREAK_SYSTEM_PACKAGES⟧=1\n"
            + "ARG PIP_FLAGS=⟦override-option|--break-system-packages⟧\nARG PIP_BREAK_SYSTEM_PACKAGES\nRUN echo \"no --break-system-packages\"\n" },
        { "Containerfile", "FROM x\nRUN --mount=type=cache,target=/c <<EOF\npip install ⟦override-option|--break-system-packages⟧ x\nEOF\n"
            + "COPY <<EOF /etc/pip.conf\n[global]\n⟦override-setting|break-system-packages⟧ = true\nEOF\nCOPY <<EOF /README.md\npip install --break-system-packages x\nEOF\n"
            + "RUN bash <<'E'\nrm ⟦marker-removed|/usr/lib/python3.13/EXTERNALLY-MANAGED⟧\nE\nRUN echo ok\n" },
        { "win.dockerfile", "# escape=`\nFROM x\nSHELL [\"powershell\", \"-Command\"]\nRUN pip install `\n  ⟦override-option|--break-system-packages⟧ x\n" },
        { "venv.dockerfile", "FROM debian:12\nRUN python3 -m venv /opt/venv && /opt/venv/bin/pip install requests\nRUN pip install --break-packages-not x\n"
            + "RUN if [ -f /usr/lib/python3.11/EXTERNALLY-MANAGED ]; then echo managed; fi\n" },
        { "compose.yaml", "services:\n  app:\n    environment:\n      ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧: \"1\"\n    command: pip install ⟦override-option|--break-system-packages⟧ x\n"
            + "  other:\n    environment:\n      - ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧\n      - UV_BREAK_SYSTEM_PACKAGES=0\n"
            + "    entrypoint: [\"sh\", \"-c\", \"pip install ⟦override-option|--break-system-packages⟧ x\"]\n" },
        { "pod.yaml", "spec:\n  containers:\n  - name: x\n    env:\n    - name: ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧\n      value: \"1\"\n    - name: PIP_BREAK_SYSTEM_PACKAGES\n      value: \"0\"\n"
            + "    args:\n    - install\n    - ⟦override-option|--break-system-packages⟧\n" },
        { "devcontainer.json", "{\n  // \"postCreateCommand\": \"pip install --break-system-packages\"\n  \"name\": \"pip install --break-system-packages\",\n"
            + "  \"postCreateCommand\": \"pip install ⟦override-option|--break-system-packages⟧ x\",\n  \"containerEnv\": { \"⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧\": \"1\" },\n"
            + "  \"onCreateCommand\": [\"pip\", \"install\", \"⟦override-option|--break-system-packages⟧\"],\n  \"postStartCommand\": {\"a\": \"sudo pip install ⟦override-option|--break-system-packages⟧ y\"}\n}\n" },
        { "package.json", "{\"description\": \"pip install --break-system-packages\", \"scripts\": {\"postinstall\": \"pip install ⟦override-option|--break-system-packages⟧ x\"}}\n" },
        { "image.pkr.hcl", "build {\n  provisioner \"shell\" {\n    environment_vars = [\"⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧\"]\n    inline = [\n      # \"pip install --break-system-packages\"\n"
            + "      \"sudo pip install ⟦override-option|--break-system-packages⟧ x\",\n      \"rm ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧\",\n    ]\n  }\n}\n" },
        { "Vagrantfile", "Vagrant.configure('2') do |c|\n  # pip install --break-system-packages\n  c.vm.provision 'shell', inline: <<-SHELL\n    pip install ⟦override-option|--break-system-packages⟧ x\n  SHELL\n"
            + "  c.vm.post_up_message = 'pip install --break-system-packages x'\nend\n" },
    };

    public static TheoryData<string, string> Automation => new()
    {
        { "workflow.yml", "name: pip install --break-system-packages\non: push\nenv:\n  ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧: 1\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
            + "      - uses: actions/checkout@v4\n      - name: Install with --break-system-packages\n        run: |\n          # pip install --break-system-packages x\n          pip install \\\n            ⟦override-option|--break-system-packages⟧ x\n"
            + "          echo \"⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧\" >> $GITHUB_ENV\n      - run: pip install ⟦override-option|--break-system-packages⟧ x # a comment\n"
            + "      - run: >-\n          sudo pip install\n          ⟦override-option|--break-system-packages⟧\n          x\n      - shell: pwsh\n        run: |\n          Remove-Item `\n            ⟦marker-removed|/usr/lib/python3.12/EXTERNALLY-MANAGED⟧\n" },
        { "innocent.yml", "name: x\non:\n  push:\nenv:\n  PIP_BREAK_SYSTEM_PACKAGES: 0\njobs:\n  a:\n    steps:\n      - run: |\n          python3 -m venv .venv\n          echo \"not --break-system-packages\"\n"
            + "          pip install x # --break-system-packages\n      # - run: pip install --break-system-packages x\n      - uses: x/y@v1\n        with:\n          break-system-packages: false\n          message: pip install --break-system-packages\n" },
        { "action.yml", "inputs:\n  break-system-packages:\n    description: Adds --break-system-packages\n    default: 'false'\nruns:\n  using: composite\n  steps:\n    - run: pip install ${{ inputs.flags }} x\n      shell: bash\n" },
        { ".gitlab-ci.yml", "variables:\n  ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧: \"true\"\ntest:\n  before_script:\n    - apt-get install -y python3-pip\n    - pip install ⟦override-option|--break-system-packages⟧ tox\n  script:\n    - |\n      set -e\n      pip install ⟦override-option|--break-system-packages⟧ x\n    - 'rm -f ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧'\n    - \"pip install ⟦override-option|--break-system-packages⟧ y\"\n" },
        { "playbook.yml", "- hosts: all\n  environment:\n    ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧: \"1\"\n  tasks:\n    - name: Install\n      ansible.builtin.pip:\n        name: requests\n        ⟦override-setting|break_system_packages⟧: true\n"
            + "    - pip: name=x ⟦override-setting|break_system_packages=yes⟧\n    - pip:\n        name: x\n        extra_args: ⟦override-option|--break-system-packages⟧\n"
            + "    - name: Remove the marker\n      file:\n        path: ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧\n        state: absent\n    - file: ⟦marker-removed|path=/usr/lib/python3.11/EXTERNALLY-MANAGED⟧ state=absent\n"
            + "    - file: { path: \"{{ item }}\", state: absent }\n      loop:\n        - ⟦marker-removed|/usr/lib/python3.12/EXTERNALLY-MANAGED⟧\n    - ansible.builtin.command: mv ⟦marker-renamed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧ /tmp/x\n"
            + "    - shell: rm -f ⟦marker-removed|/usr/lib/python3*/EXTERNALLY-MANAGED⟧\n    - command:\n        argv: [rm, -f, ⟦marker-removed|/usr/lib/python3.13/EXTERNALLY-MANAGED⟧]\n" },
        { "tasks.yml", "- name: Install\n  pip:\n    name: requests\n    break_system_packages: false\n- name: use break_system_packages: never\n  pip: name=x virtualenv=/opt/venv\n- stat:\n    path: /usr/lib/python3.11/EXTERNALLY-MANAGED\n  register: marker\n"
            + "- debug:\n    msg: pip install --break-system-packages x\n- fail:\n    msg: >\n      rm /usr/lib/python3.11/EXTERNALLY-MANAGED\n  when: marker.stat.exists\n- file:\n    path: /usr/lib/python3.11/EXTERNALLY-MANAGED\n    state: file\n" },
        { "config.yml", "- ini_file:\n    path: /etc/pip.conf\n    section: global\n    option: ⟦override-setting|break-system-packages⟧\n    value: \"true\"\n- lineinfile:\n    path: /etc/environment\n    line: ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧\n"
            + "- copy:\n    dest: /etc/pip.conf\n    content: |\n      [global]\n      ⟦override-setting|break-system-packages⟧ = true\n- pip:\n    name: x\n    ⟦override-setting|break_system_packages⟧: \"{{ managed }}\"\n" },
        { "user-data", "#cloud-config\nruncmd:\n  - pip3 install ⟦override-option|--break-system-packages⟧ x\n  - [ pip3, install, ⟦override-option|--break-system-packages⟧, y ]\n  - rm ⟦marker-removed|/usr/lib/python3.12/EXTERNALLY-MANAGED⟧\n"
            + "write_files:\n  - path: /etc/pip.conf\n    content: |\n      [global]\n      ⟦override-setting|break-system-packages⟧=true\n  - path: /root/README.md\n    content: |\n      pip install --break-system-packages x\n" },
        { "Jenkinsfile", "pipeline {\n  environment { ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ = '1' }\n  stages { stage('x') { steps {\n    // sh 'pip install --break-system-packages x'\n    sh 'pip install ⟦override-option|--break-system-packages⟧ x'\n"
            + "    sh '''\n      set -e\n      rm ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧\n    '''\n    echo 'pip install --break-system-packages x'\n    sh(script: \"pip install ⟦override-option|--break-system-packages⟧ y\")\n  } } }\n}\n" },
        { "Makefile", "PIP_FLAGS := ⟦override-option|--break-system-packages⟧ # always\nexport ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ = 1\n# pip install --break-system-packages\ninstall: ## pip install --break-system-packages\n"
            + "\t@pip install \\\n\t\t⟦override-option|--break-system-packages⟧ x\n\t@echo \"pip install --break-system-packages x\"\ntest: export ⟦override-variable|UV_BREAK_SYSTEM_PACKAGES⟧ = 1\n\t-for f in $$FILES; do rm ⟦marker-removed|EXTERNALLY-MANAGED⟧; done\n" },
        { "quoted.yml", "steps:\n  - run: \"pip install \\\n      ⟦override-option|--break-system-packages⟧ x\"\n  - {name: x, run: 'pip install ⟦override-option|--break-system-packages⟧ x'}\n  - run: |2\n      pip install ⟦override-option|--break-system-packages⟧ x\n\n      pip list\n  - note: Do not use pip install --break-system-packages.\n" },
    };

    public static TheoryData<string, string> Settings => new()
    {
        { "pip.conf", "[global]\ntimeout = 60\n# break-system-packages = true\n⟦override-setting|break-system-packages⟧ = true\n[install]\n⟦override-setting|Break_System_Packages⟧: ON\n" },
        { "pip.ini", "[global]\nbreak-system-packages = false\n[list]\nbreak-system-packages = true\n" },
        { "uv.toml", "# break-system-packages = true\n[pip]\n⟦override-setting|break-system-packages⟧ = true\n" },
        { "pyproject.toml", "[project]\nname = \"x\"\ndescription = \"pip install --break-system-packages\"\n[tool.uv.pip]\n⟦override-setting|break-system-packages⟧ = true\n[tool.poe.tasks]\ndeps = \"pip install ⟦override-option|--break-system-packages⟧ x\"\n" },
        { "off/pyproject.toml", "[tool.uv.pip]\nbreak-system-packages = false\n[tool.other]\nbreak-system-packages = true\n" },
        { "mise.toml", "[env]\n⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ = \"1\"\nUV_BREAK_SYSTEM_PACKAGES = \"0\"\n[tasks.x]\nrun = \"pip install ⟦override-option|--break-system-packages⟧ x\"\n" },
        { "tox.ini", "[testenv]\ndescription = pip install --break-system-packages\ninstall_command = python -m pip install ⟦override-option|--break-system-packages⟧ {opts} {packages}\nsetenv =\n    ⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧ = 1\n"
            + "    UV_BREAK_SYSTEM_PACKAGES = 0\ncommands =\n    # pip install --break-system-packages\n    pip install ⟦override-option|--break-system-packages⟧ x\n" },
        { "x.service", "[Service]\nEnvironment=\"⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES=1⟧\"\nExecStartPre=/usr/bin/pip3 install ⟦override-option|--break-system-packages⟧ x\nExecStart=/usr/bin/true\n" },
    };

    public static TheoryData<string, string> Python => new()
    {
        { "install.py", "import subprocess, sys\nsubprocess.check_call([sys.executable, \"-m\", \"pip\", \"install\", \"⟦override-option|--break-system-packages⟧\", \"x\"])\n"
            + "subprocess.run('pip install ⟦override-option|--break-system-packages⟧ x', shell=True)\nos.system(\"sudo rm ⟦marker-removed|/usr/lib/python3.11/EXTERNALLY-MANAGED⟧\")\n" },
        { "args.py", "cmd = [\"pip\", \"install\"]\nif managed:\n    cmd.append(\"⟦override-option|--break-system-packages⟧\")\ncmd += ['⟦override-option|--break-system-packages⟧']\n"
            + "extra = [\"⟦override-option|--break-system-packages⟧\"] if managed else []\nflags = \"⟦override-option|--break-system-packages⟧\"\n" },
        { "env.py", "import os\nos.environ[\"⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧\"] = \"1\"\nenv = {**os.environ, \"⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧\": \"1\"}\n"
            + "os.environ.setdefault(\"⟦override-variable|UV_BREAK_SYSTEM_PACKAGES⟧\", \"true\")\nenv.update(⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧=\"1\")\nos.environ[\"PIP_BREAK_SYSTEM_PACKAGES\"] = \"0\"\n"
            + "if os.environ.get(\"PIP_BREAK_SYSTEM_PACKAGES\") == \"1\": pass\nos.environ.pop(\"PIP_BREAK_SYSTEM_PACKAGES\", None)\n" },
        { "marker.py", "import os, pathlib, shutil\nos.remove(os.path.join(stdlib, \"⟦marker-removed|EXTERNALLY-MANAGED⟧\"))\n(pathlib.Path(stdlib) / \"⟦marker-removed|EXTERNALLY-MANAGED⟧\").unlink()\n"
            + "marker = stdlib / \"EXTERNALLY-MANAGED\"\nif marker.exists():\n    ⟦marker-renamed|marker⟧.rename(marker.with_suffix(\".old\"))\nfor f in glob.glob(\"/usr/lib/python3*/EXTERNALLY-MANAGED\"):\n    os.unlink(⟦marker-removed|f⟧)\n" },
        { "innocent.py", "\"\"\"Runs pip install --break-system-packages.\n\nrm EXTERNALLY-MANAGED\n\"\"\"\nimport sys\n# pip install --break-system-packages\nparser.add_argument(\"--break-system-packages\", action=\"store_true\", help=\"pip install --break-system-packages\")\n"
            + "if \"--break-system-packages\" in sys.argv: pass\nprint(\"pip install --break-system-packages x\")\nassert cmd == [\"pip\", \"install\", \"--break-system-packages\"]\n"
            + "raise RuntimeError(\"pip install --break-system-packages\")\nif os.path.exists(\"/usr/lib/python3.11/EXTERNALLY-MANAGED\"): pass\nOPTIONS = {\"--break-system-packages\": 1}\nlogger.info(\"run %s\", \"pip install --break-system-packages\")\n"
            + "name.replace(\"EXTERNALLY-MANAGED\", \"\")\nx = args[\"--break-system-packages\"]\nmock.assert_called_with([\"pip\", \"install\", \"--break-system-packages\"])\n" },
        { "noxfile.py", "import nox\n@nox.session\ndef tests(session):\n    session.install(\"⟦override-option|--break-system-packages⟧\", \"x\")\n    session.run(\"pip\", \"install\", \"⟦override-option|--break⟧\", \"x\")\n    session.env[\"⟦override-variable|PIP_BREAK_SYSTEM_PACKAGES⟧\"] = \"1\"\n" },
        { "script", "#!/usr/bin/python3\nimport os\nos.system('pip install ⟦override-option|--break-system-packages⟧ x')\n" },
        { "notebook.ipynb", "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"!pip install ⟦override-option|--break-system-packages⟧ x\\n\", \"print('--break-system-packages')\"]}]}\n" },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    [MemberData(nameof(Windows))]
    [MemberData(nameof(Containers))]
    [MemberData(nameof(Automation))]
    [MemberData(nameof(Settings))]
    [MemberData(nameof(Python))]
    public void File_has_the_marked_findings_and_no_others(string name, string marked)
    {
        MarkedText expected = MarkedText.Parse(marked);
        byte[] bytes = Encoding.UTF8.GetBytes(expected.Text);
        LintKind kind = LintKinds.OfName(Path.GetFileName(name));
        kind = kind == LintKind.None && LintKinds.MayHaveInterpreter(Path.GetFileName(name)) ? LintKinds.OfStart(bytes) : kind;
        IEnumerable<string> found = kind == LintKind.None ? []
            : LintChecks.Find(name, expected.Text, kind).Select(one => $"{one.Line}:{one.Column} {one.Rule}");
        Assert.Equal(expected.Findings, found);
        Assert.True(kind == LintKind.None || expected.Findings.Count == 0 || LintSearch.MayHaveFindings(bytes), "the search of bytes skips the file");
    }
}
