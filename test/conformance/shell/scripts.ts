import fc from 'fast-check'

/** One for each thing the shell and its tools are said to do. */
export const fixedScripts: readonly string[] = [
  'seq -s, 3; seq -s , -w 8 11; seq -w -s , 8 11; seq -ws: 8 11; seq -w -- -5 5 10; seq -w 010 12; seq -w 8 010; seq 1.50 2; seq 0 0.1 0.3; seq 0.1 0.1 0.5; seq 3 -1 1',
  'seq -1 1; echo $?; seq; echo $?; seq -s; echo $?; seq 1 x; echo $?; seq 1 2 3 4; echo $?; seq 2 0 3 | head -n 2; seq -w 9 10.5; seq 5 1',
  'od a.txt; od -b a.txt; od -c a.txt; od -d a.txt; od -x a.txt; od -h a.txt; od -i a.txt; od -l a.txt; od -o a.txt; od -s a.txt; od -f a.txt; od -a a.txt; od -xc a.txt; od -lf -b a.txt',
  'od -An -tx1 a.txt; od -A d -t x1 a.txt; od -A x -t x1 -c a.txt; od -A q a.txt; echo $?; od -t x1 -t x8 a.txt; od -t ax a.txt; od -t q a.txt; echo $?; od -t x3 a.txt; echo $?; od -t x1c a.txt; echo $?',
  'for t in x1 x2 x4 x8 xC xS xI xL x d1 d2 d4 d8 u1 u2 u4 u8 o1 o2 o4 o8 f4 f8 c a; do od -t $t a.txt; done',
  'od -j 3 a.txt; od -j 20 a.txt; od -j 21 a.txt; echo $?; od -j 6 -N 5 -c a.txt; od -N 0 a.txt; od -j 0x4 -c a.txt; od -j 010 -N 1b -c a.txt; od -N 3x a.txt; echo $?; od -j 2 -N 17 -c a.txt b.txt',
  'od -w8 -c a.txt; od -w4 -t x1 a.txt; od -w a.txt; od -w3 -t x2 a.txt; od -w0 a.txt; od -w1 -An -t u1 a.txt; od --width=8 -c a.txt',
  'head -c 64 /dev/zero | od; head -c 64 /dev/zero | od -v; head -c 70 /dev/zero | od -c; head -c 22 /dev/zero | od; { head -c 40 /dev/zero; echo hello world there; head -c 48 /dev/zero; } | od -c',
  'for n in 0 16 22 32 38 70; do head -c $n /dev/zero | hexdump; head -c $n /dev/zero | hexdump -C; done; head -c 40 /dev/zero | hexdump -v; { head -c 40 /dev/zero; echo hello world there; head -c 48 /dev/zero; } | hexdump -C',
  'for o in b c d o x C bc Cx xC; do hexdump -$o a.txt; done; hexdump -s 3 -n 7 -C a.txt; hexdump -s 100 a.txt; hexdump -n 0 a.txt; hexdump -s 25 -C a.txt b.txt; hexdump -s 0x3 -c a.txt; hexdump -n 4k a.txt; echo $?; hexdump -s 1k a.txt',
  'od nope; echo $?; od d; echo $?; od nope a.txt; echo $?; hexdump nope; echo $?; hexdump d a.txt; echo $?; hexdump empty; od empty',
  "touch -d '2020-01-01 00:00' o; touch -d '2021-01-01 00:00' n; find . -newer o -name '[on]'; find . -newer n -name '[on]'; find . -newer nope; echo $?; find o n ! -newer o; touch -d '2020-01-01 00:00' p; find p -newer o",
  'mkdir t; touch t/f; ln -s t l; find l; find l/; find -H l; find -L l',
  'mkfifo f; ls -l f | cut -c1-10; ls -F; mkfifo f; echo $?; stat -c "%F %a %s" f; test -p f; echo $?; mkfifo -m 666 g; stat -c %a g; mkfifo -m x h; echo $?; mkfifo nope/x; echo $?; find . -type p | sort; mv f d; cp -a g k; ls -l k | cut -c1; rm f d/f g k',
  'mknod f p; stat -c %F f; mknod h p 1; echo $?; mknod h c 1; echo $?; mknod n c 1 3; echo x > n; cat n; stat -c "%F %t %T" n; mknod z c 1 5; head -c 3 z | od -An -tx1; mknod m c x y; echo $?; mknod m c 5000 1; echo $?; rm f n z',
  'yes x | head -c 2000000 | wc -c; yes a b | head -n 2; yes | sed 2q; yes | { read a; echo $a; }',
  'head d; echo $?; head a.txt d b.txt; echo $?; head -c 3 d nope; tail d; echo $?; tail a.txt d b.txt; echo $?',
  'echo $( (echo a); echo b) $(( (1+2)*3 )) $(((1+2)*3))',
  'echo $((echo a); echo b)',
  'echo $((1)',
  '(: > d; echo not here); echo $?; true > d || echo or; : > d; echo not here either',
  'f() { : < nope; echo no; }; x=$(f); echo "[$x]$?"; if export A=1 > d; then echo t; fi; echo no',
  'sort d && sort d a.txt d; sort nope a.txt; echo $?',
  'wc -c d; wc d nope a.txt; echo $?; wc -l d a.txt',
  'echo "a  b" \'c  d\' e\\ f "$HOME" \'$HOME\'',
  'x=1; y="$x 2"; echo $y "${y}z" ${z:-none} ${#y} ${y%2} ${y#1 }',
  'x=a.b.c; echo ${x%.*} ${x%%.*} ${x#*.} ${x##*.} ${x:-q} ${q:=set} $q ${x:+alt} ${nope:+alt}',
  'echo one > f; echo two >> f; cat < f; cat f 2>/dev/null nope; echo $?',
  'cat nope 2>&1 >/dev/null | wc -l; { echo out; echo err >&2; } 2>e >o; cat e o',
  'true && echo yes || echo no; false && echo yes || echo no; ! true; echo $?',
  'for i in 1 2 "3 4"; do echo "<$i>"; done; for i in *.txt d/*; do echo $i; done',
  'i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done; until [ $i = 0 ]; do i=$((i-1)); done; echo $i',
  'if [ -f a.txt ]; then echo file; elif [ -d d ]; then echo dir; else echo none; fi',
  'case abc in a) echo 1;; a*|b) echo 2;; *) echo 3;; esac; case "$x" in "") echo empty;; esac',
  "cat <<END\nx $((1+1)) $(echo in)\nEND\ncat <<'END'\nx $((1+1))\nEND\ncat <<-END\n\tindented\n\tEND",
  'echo $(echo a; echo b) "$(printf \'a\\n\\nb\\n\\n\')" `echo old`',
  'f() { local v=in; echo $1 $# $v; return 3; }; v=out; f a b; echo $? $v',
  '(cd d; pwd; x=sub); pwd; echo "[$x]"; { x=grp; }; echo $x',
  'set -- a "b c" d; echo $# "$@" "$*" $1; shift; echo $1; for a; do echo "($a)"; done',
  'set -e; false || true; echo on; false; echo off',
  'set -u; echo ${nope-ok}; echo $nope; echo off',
  'echo *.none [ab].txt ? d/.h* .*d; echo "*"; set -f; echo *',
  'IFS=:; x=a:b::c; for p in $x; do echo "[$p]"; done; echo "$x" | { IFS=: read a b; echo "$a/$b"; }',
  'echo $((2+3*4)) $((7/2)) $((7%3)) $((1<<4)) $((5>3&&2>1)) $((x=4,x*2)) $((0x1f)) $((1?2:3)) $((~1)) $((-7/2))',
  'trap "echo bye" EXIT; echo hi; exit 4',
  'exec > log; echo in; echo more >&1',
  'echo a | (read x; echo $x$x) | tr a b; false | true; echo $?',
  'printf "%s-%d-%5s-%-5s|%05d %x %o %c\\n" a 3 b c 42 255 8 xyz; printf "%s\\n" 1 2 3; printf \'%b\\n\' "a\\tb"',
  'ls; ls -a d; ls -1 d; ls -d d; ls -F; ls nope; echo $?',
  'cp a.txt c.txt; cp -r d e; cp a.txt b.txt d; cp nope x; echo $?; cp d x; echo $?',
  'mv a.txt d; mv b.txt c.txt; mv d e; mv nope x; echo $?',
  'rm a.txt; rm -f nope; echo $?; rm nope; echo $?; rm d; echo $?; rm -r d; echo $?',
  'mkdir x; mkdir x; echo $?; mkdir -p y/z/w; rmdir x; rmdir y; echo $?; rmdir -p y/z/w; echo $?',
  'touch n a.txt; touch -c m; touch nope/x; echo $?; chmod 600 a.txt; chmod u+x,g=w,o-r b.txt; chmod -R go-rwx d; chmod +x nope; echo $?',
  'ln a.txt h; ln -s a.txt s; ln -sf b.txt s; readlink s; cat s; stat -c "%n %s %a %h %F" a.txt d s; [ a.txt -ef h ]; echo $?',
  'stat -c %s nope; echo $?; stat -L -c "%s" a.txt; ln -s nope dangling; cat dangling; echo $?; [ -e dangling ]; echo $?; [ -L dangling ]; echo $?',
  'find . | sort; find . -type f -name "*.txt" | sort; find d -maxdepth 1 -type d; find . -size 0; find . -name one -exec echo got {} \\;; find nope; echo $?',
  'find . -name "*.txt" -exec cat {} + | sort; find . -type f ! -name "*.txt" | sort; ls',
  'grep an a.txt; grep -n e a.txt b.txt; grep -c a a.txt; grep -v an a.txt; grep -q zzz a.txt; echo $?; grep -i APPLE a.txt; grep -E "^(a|c)" a.txt; grep -o "an" a.txt; grep -r two . ; grep -l apple *.txt; grep x nope; echo $?',
  'head -n 1 a.txt; head -c 3 a.txt; echo; tail -n 1 a.txt; tail -n +2 a.txt; tail -c 4 a.txt; head -n -1 a.txt; head -n 1 a.txt b.txt',
  'wc a.txt; wc -l a.txt b.txt; wc -c < a.txt; cat a.txt | wc -w; wc nope; echo $?',
  "sed s/a/X/ a.txt; sed s/a/X/g a.txt; sed -n 2p a.txt; sed 1d a.txt; sed '/ban/s/n/N/g;$a\\end' a.txt; sed -e 1i\\\\top a.txt; sed -n '/apple/,/banana/p' a.txt; sed 's/\\(.\\)\\(.\\)/\\2\\1/' a.txt; sed -E 's/(a+)/<\\1>/g' a.txt; sed 's|a|&&|2' a.txt; sed y/abc/xyz/ a.txt; sed '2q' a.txt",
  'sed -i s/apple/pear/ a.txt; cat a.txt; sed -i.bak 1d b.txt; cat b.txt b.txt.bak; sed -i s/x/y/ nope; echo $?',
  'sort a.txt b.txt; sort -r a.txt; sort -n -k2 b.txt; sort -k 2,2n b.txt | head -n 1; sort -u a.txt a.txt; printf "b\\na\\n" | sort -o out; cat out',
  'printf "a\\na\\nb\\n" | uniq -c; printf "a\\na\\nb\\n" | uniq -d; cut -d" " -f1 b.txt; cut -c2-3 a.txt; tr a-z A-Z < a.txt; tr -d aeiou < a.txt; echo aabb | tr -s a',
  'dd if=a.txt of=o bs=1 count=4 2>/dev/null; cat o; echo; dd if=/dev/zero of=z bs=10 count=3 2>/dev/null; wc -c z; dd if=a.txt of=z bs=1 seek=5 conv=notrunc count=3 2>/dev/null; cat z | tr "\\0" .',
  'truncate -s 3 a.txt; cat a.txt; echo; truncate -s 10 a.txt; wc -c a.txt; truncate -c -s 5 nope; echo $?',
  'sync; echo $?; sleep 0; echo $?; sleep x; echo $?; true; echo $?; false; echo $?',
  'basename /a/b.txt .txt; dirname /a/b/c; basename /; dirname x; seq 3; seq 2 4; seq 1 2 7; expr 1 + 2; expr 3 \\* 4; expr abc : "a\\(.\\)"; expr 1 = 2; echo $?',
  'test -s empty; echo $?; test 3 -gt 2 -a 1 = 1; echo $?; [ a != b ]; echo $?; [ -z "" ] && [ -n x ]; echo $?; [ a.txt -nt nope ]; echo $?; [ 1 -eq x ]; echo $?',
  "echo a b c | xargs echo x; printf \"a\\nb\\n\" | xargs -n 1 echo -; ls *.txt | xargs -I F echo \"<F>\"; awk '{ print $1, NF }' b.txt; awk -F: '{print $1}' /etc/passwd; awk '{ s += $2 } END { print s }' b.txt",
  'tee t1 t2 < a.txt; echo more | tee -a t1 > /dev/null; cat t1; cmp a.txt t2; echo $?; cmp a.txt t1; echo $?; diff a.txt t2; echo $?',
  'nosuch; echo $?; ./a.txt; echo $?; printf "#!/bin/sh\\necho ran \\$1\\n" > s; chmod +x s; ./s x; sh s y; . ./s z; cat d; echo $?; > new; echo x > d; echo $?; echo x > no/x; echo $?',
  'eval "x=1; echo \\$x"; unset x; echo "[$x]"; readonly r=1; export e=2; sh -c \'echo $e\'; y=3 sh -c \'echo $y\'; echo "[$y]"; type nosuch; echo $?',
  'echo -n a; echo -e "b\\tc"; echo "d\\te"; echo -E x; echo -- x; md5sum a.txt; sha256sum a.txt; od -c empty; rev a.txt; tac a.txt; nl a.txt; fold -w 2 a.txt; paste a.txt b.txt',
  'while read -r a b; do echo "$b:$a"; done < b.txt; cat a.txt | while read x; do n=$x; done; echo "[$n]"; i=5; while :; do i=$((i-1)); [ $i -gt 2 ] || break; done; echo $i',
  'for i in 1 2 3; do for j in 1 2 3; do [ $j = 2 ] && continue 2; [ $i = 3 ] && break 2; echo $i$j; done; done',
  'if true; then; fi',
  'echo "unterminated',
  'for do done',
  'echo a | | echo b',
  ') x',
  'case x in',
  '${',
  '$(echo',
  'fi',
]

const word = fc.constantFrom(
  'a',
  'b c',
  '$x',
  '"$x"',
  "'q q'",
  '*.txt',
  'd/*',
  '$((x+1))',
  '$(cat d/one)',
  '${x:-def}',
  '${x%c}',
  '"$@"',
  '~',
  '\\$x',
  '-n',
  'é',
  '{a,b}',
  '[ab]*',
  '$?',
  '$#',
)
const file = fc.constantFrom('a.txt', 'b.txt', 'empty', 'd/one', 'd', 'nope', 'new', 'd/new', 's')
const redirect = fc.constantFrom(
  '',
  '',
  '',
  ' > new',
  ' >> a.txt',
  ' 2>/dev/null',
  ' < a.txt',
  ' > d/new',
  ' > d',
  ' < nope',
)
const simple = fc.oneof(
  fc
    .tuple(fc.array(word, { maxLength: 3 }), redirect)
    .map(([words, to]) => `echo ${words.join(' ')}${to}`),
  fc
    .tuple(
      fc.constantFrom(
        'cat',
        'rm -f',
        'rm -r',
        'touch',
        'mkdir',
        'mkdir -p',
        'rmdir',
        'wc -c',
        'wc -l',
        'head -n 1',
        'tail -n 1',
        'sort',
        'chmod 600',
        'chmod a+x',
        'sed -i s/a/b/',
        'sed 1d',
        'truncate -s 4',
        'grep a',
        'grep -c an',
        'ls -A',
        'stat -c "%s %a %F"',
        'readlink',
        'tac',
        'rev',
        'test -f',
        'test -d',
        'find',
        'md5sum',
        'uniq',
        'cut -c1-3',
        "awk '{print $1}'",
      ),
      file,
      redirect,
    )
    .map(([verb, at, to]) =>
      verb === 'find'
        ? `find ${at} 2>/dev/null | sort${to.replace(' < a.txt', '')}`
        : `${verb} ${at}${to}`,
    ),
  fc
    .tuple(
      fc.constantFrom('cp', 'cp -r', 'mv', 'ln', 'ln -s', 'ln -sf', 'cmp', 'cat'),
      file,
      file,
      redirect,
    )
    .map(([verb, from, to, out]) => `${verb} ${from} ${to}${out}`),
  fc
    .tuple(fc.constantFrom('x', 'y'), word)
    .map(([name, value]) => `${name}=${value.replace(/^-n$|^\*.*/, 'v')}`),
  fc.constantFrom(
    'true',
    'false',
    'exit 3',
    'set -e',
    'cd d',
    'cd ..',
    'set -- p q',
    'shift',
    'unset x',
    'read x < a.txt',
    ':',
    'echo $x$y',
    'pwd',
    'nosuch',
    'dd if=a.txt of=new bs=2 count=2 2>/dev/null',
    'exec 3>new; echo three >&3',
  ),
)

/** Ends of a pipe that touch no file: which of two ends is first at one is not settled. */
const filter = fc.constantFrom(
  'cat',
  'sort',
  'wc -l',
  'tac',
  'rev',
  'uniq',
  'grep a',
  'sed 1d',
  'md5sum',
)

const composed = fc.letrec<{ command: string; list: string }>((tie) => ({
  list: fc.array(tie('command'), { minLength: 1, maxLength: 3 }).map((all) => all.join('; ')),
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 8, arbitrary: simple },
    {
      weight: 2,
      arbitrary: fc.tuple(simple, fc.constantFrom('&&', '||'), simple).map((all) => all.join(' ')),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(simple, filter).map(([from, to]) => `{ ${from}; } | ${to}`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(simple, tie('list'), tie('list'))
        .map(([test, yes, no]) => `if ${test}; then ${yes}; else ${no}; fi`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(word, { maxLength: 3 }), tie('list'))
        .map(([words, body]) => `for x in ${words.join(' ')}; do ${body}; done`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(word, word, tie('list'))
        .map(
          ([of, pattern, body]) =>
            `case ${of} in ${pattern.replace(/\$\(.*/, '*')}) ${body};; *) echo other;; esac`,
        ),
    },
    { weight: 1, arbitrary: tie('list').map((body) => `( ${body} )`) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('list'), redirect).map(([body, to]) => `{ ${body}; }${to}`),
    },
    { weight: 1, arbitrary: tie('list').map((body) => `echo "$( ${body})"`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(word, fc.constantFrom('END', "'END'"))
        .map(([text, end]) => `cat <<${end}\n${text} $x\nEND\n:`),
    },
    { weight: 1, arbitrary: tie('list').map((body) => `f() { ${body}; }; f one`) },
  ),
}))

/** A random script over the files that are there at the start. */
export const arbitraryShellScript: fc.Arbitrary<string> = fc
  .array(composed.command, { minLength: 1, maxLength: 5 })
  .map((all) => all.join('\n'))
