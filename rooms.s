	.file	"<string>"
	.section	.ltext,"axl",@progbits
	.globl	_ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d
	.p2align	4
	.type	_ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d,@function
_ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	pushq	%r15
	.cfi_def_cfa_offset 24
	pushq	%r14
	.cfi_def_cfa_offset 32
	pushq	%r13
	.cfi_def_cfa_offset 40
	pushq	%r12
	.cfi_def_cfa_offset 48
	pushq	%rbx
	.cfi_def_cfa_offset 56
	subq	$728, %rsp
	.cfi_def_cfa_offset 784
	.cfi_offset %rbx, -56
	.cfi_offset %r12, -48
	.cfi_offset %r13, -40
	.cfi_offset %r14, -32
	.cfi_offset %r15, -24
	.cfi_offset %rbp, -16
	movq	1024(%rsp), %rbp
	movq	968(%rsp), %r13
	movq	872(%rsp), %r12
	movq	816(%rsp), %r14
	movabsq	$NRT_incref, %rbx
	movq	%rdi, 624(%rsp)
	movq	%rcx, %rdi
	vmovsd	%xmm7, 704(%rsp)
	vmovsd	%xmm6, 696(%rsp)
	vmovsd	%xmm5, 688(%rsp)
	vmovsd	%xmm4, 680(%rsp)
	vmovsd	%xmm3, 672(%rsp)
	vmovsd	%xmm2, 664(%rsp)
	vmovsd	%xmm1, 656(%rsp)
	vmovsd	%xmm0, 648(%rsp)
	movq	%r9, 640(%rsp)
	movq	%r8, 632(%rsp)
	movq	%rdx, %r15
	movq	%rsi, 616(%rsp)
	movq	%rcx, 608(%rsp)
	callq	*%rbx
	movq	%r14, %rdi
	callq	*%rbx
	movq	%r12, %rdi
	callq	*%rbx
	movq	%r13, %rdi
	callq	*%rbx
	movq	%rbp, %rdi
	callq	*%rbx
	movq	1080(%rsp), %rdi
	callq	*%rbx
	movq	1136(%rsp), %rdi
	callq	*%rbx
	movq	1192(%rsp), %rdi
	callq	*%rbx
	movq	1248(%rsp), %rdi
	callq	*%rbx
	testq	%r15, %r15
	jle	.LBB0_6
	movq	792(%rsp), %rbp
	movq	784(%rsp), %r12
	incq	%r15
	movabsq	$_ZN7gridsim6engine5lanes5roomsB4v103B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d, %r14
	leaq	720(%rsp), %rbx
	leaq	712(%rsp), %r13
	.p2align	4
.LBB0_2:
	movq	1288(%rsp), %rcx
	movq	1280(%rsp), %rdx
	vmovsd	1392(%rsp), %xmm0
	movq	1296(%rsp), %rax
	vmovsd	656(%rsp), %xmm1
	vmovsd	664(%rsp), %xmm2
	vmovsd	672(%rsp), %xmm3
	vmovsd	680(%rsp), %xmm4
	vmovsd	688(%rsp), %xmm5
	vmovsd	696(%rsp), %xmm6
	vmovsd	704(%rsp), %xmm7
	movq	640(%rsp), %r8
	movq	%rbp, (%rsp)
	movq	%rbx, %rdi
	movq	%r13, %rsi
	movq	%r12, %r9
	movq	%rcx, 496(%rsp)
	movq	1272(%rsp), %rcx
	movq	%rdx, 488(%rsp)
	movq	1264(%rsp), %rdx
	movq	%rax, 504(%rsp)
	movq	800(%rsp), %rax
	vmovsd	%xmm0, 600(%rsp)
	vmovsd	1384(%rsp), %xmm0
	movq	%rcx, 480(%rsp)
	movq	1256(%rsp), %rcx
	movq	%rdx, 472(%rsp)
	movq	1248(%rsp), %rdx
	movq	%rax, 8(%rsp)
	movq	%rcx, 464(%rsp)
	movq	1240(%rsp), %rcx
	movq	%rdx, 456(%rsp)
	movq	1232(%rsp), %rdx
	vmovsd	%xmm0, 592(%rsp)
	vmovsd	1376(%rsp), %xmm0
	movq	%rcx, 448(%rsp)
	movq	1224(%rsp), %rcx
	movq	%rdx, 440(%rsp)
	movq	1216(%rsp), %rdx
	vmovsd	%xmm0, 584(%rsp)
	vmovsd	1368(%rsp), %xmm0
	movq	%rcx, 432(%rsp)
	movq	1208(%rsp), %rcx
	movq	%rdx, 424(%rsp)
	movq	1200(%rsp), %rdx
	movq	%rcx, 416(%rsp)
	movq	1192(%rsp), %rcx
	movq	%rdx, 408(%rsp)
	movq	1184(%rsp), %rdx
	vmovsd	%xmm0, 576(%rsp)
	vmovsd	1360(%rsp), %xmm0
	movq	%rcx, 400(%rsp)
	movq	1176(%rsp), %rcx
	movq	%rdx, 392(%rsp)
	movq	1168(%rsp), %rdx
	movq	%rcx, 384(%rsp)
	movq	1160(%rsp), %rcx
	movq	%rdx, 376(%rsp)
	movq	1152(%rsp), %rdx
	vmovsd	%xmm0, 568(%rsp)
	vmovsd	1352(%rsp), %xmm0
	movq	%rcx, 368(%rsp)
	movq	1144(%rsp), %rcx
	movq	%rdx, 360(%rsp)
	movq	1136(%rsp), %rdx
	vmovsd	%xmm0, 560(%rsp)
	vmovsd	1344(%rsp), %xmm0
	movq	%rcx, 352(%rsp)
	movq	1128(%rsp), %rcx
	movq	%rdx, 344(%rsp)
	movq	1120(%rsp), %rdx
	movq	%rcx, 336(%rsp)
	movq	1112(%rsp), %rcx
	movq	%rdx, 328(%rsp)
	movq	1104(%rsp), %rdx
	vmovsd	%xmm0, 552(%rsp)
	vmovsd	1336(%rsp), %xmm0
	movq	%rcx, 320(%rsp)
	movq	1096(%rsp), %rcx
	movq	%rdx, 312(%rsp)
	movq	1088(%rsp), %rdx
	vmovsd	%xmm0, 544(%rsp)
	vmovsd	1328(%rsp), %xmm0
	movq	%rcx, 304(%rsp)
	movq	1080(%rsp), %rcx
	movq	%rdx, 296(%rsp)
	movq	1072(%rsp), %rdx
	movq	%rcx, 288(%rsp)
	movq	1064(%rsp), %rcx
	movq	%rdx, 280(%rsp)
	movq	1056(%rsp), %rdx
	vmovsd	%xmm0, 536(%rsp)
	vmovsd	1320(%rsp), %xmm0
	movq	%rcx, 272(%rsp)
	movq	1048(%rsp), %rcx
	movq	%rdx, 264(%rsp)
	movq	1040(%rsp), %rdx
	movq	%rcx, 256(%rsp)
	movq	1032(%rsp), %rcx
	movq	%rdx, 248(%rsp)
	movq	1024(%rsp), %rdx
	vmovsd	%xmm0, 528(%rsp)
	vmovsd	1312(%rsp), %xmm0
	movq	%rcx, 240(%rsp)
	movq	1016(%rsp), %rcx
	movq	%rdx, 232(%rsp)
	movq	1008(%rsp), %rdx
	vmovsd	%xmm0, 520(%rsp)
	vmovsd	1304(%rsp), %xmm0
	movq	%rcx, 224(%rsp)
	movq	1000(%rsp), %rcx
	movq	%rdx, 216(%rsp)
	movq	992(%rsp), %rdx
	movq	%rcx, 208(%rsp)
	movq	984(%rsp), %rcx
	movq	%rdx, 200(%rsp)
	movq	976(%rsp), %rdx
	vmovsd	%xmm0, 512(%rsp)
	vmovsd	648(%rsp), %xmm0
	movq	%rcx, 192(%rsp)
	movq	968(%rsp), %rcx
	movq	%rdx, 184(%rsp)
	movq	960(%rsp), %rdx
	movq	%rcx, 176(%rsp)
	movq	952(%rsp), %rcx
	movq	%rdx, 168(%rsp)
	movq	944(%rsp), %rdx
	movq	%rcx, 160(%rsp)
	movq	936(%rsp), %rcx
	movq	%rdx, 152(%rsp)
	movq	928(%rsp), %rdx
	movq	%rcx, 144(%rsp)
	movq	920(%rsp), %rcx
	movq	%rdx, 136(%rsp)
	movq	912(%rsp), %rdx
	movq	%rcx, 128(%rsp)
	movq	904(%rsp), %rcx
	movq	%rdx, 120(%rsp)
	movq	896(%rsp), %rdx
	movq	%rcx, 112(%rsp)
	movq	888(%rsp), %rcx
	movq	%rdx, 104(%rsp)
	movq	880(%rsp), %rdx
	movq	%rcx, 96(%rsp)
	movq	872(%rsp), %rcx
	movq	%rdx, 88(%rsp)
	movq	864(%rsp), %rdx
	movq	%rcx, 80(%rsp)
	movq	856(%rsp), %rcx
	movq	%rdx, 72(%rsp)
	movq	848(%rsp), %rdx
	movq	%rcx, 64(%rsp)
	movq	840(%rsp), %rcx
	movq	%rdx, 56(%rsp)
	movq	832(%rsp), %rdx
	movq	%rcx, 48(%rsp)
	movq	824(%rsp), %rcx
	movq	%rdx, 40(%rsp)
	movq	816(%rsp), %rdx
	movq	%rcx, 32(%rsp)
	movq	808(%rsp), %rcx
	movq	%rdx, 24(%rsp)
	movq	608(%rsp), %rdx
	movq	%rcx, 16(%rsp)
	movq	632(%rsp), %rcx
	callq	*%r14
	testl	%eax, %eax
	jne	.LBB0_3
	decq	%r15
	cmpq	$1, %r15
	jg	.LBB0_2
.LBB0_6:
	movq	1248(%rsp), %rdi
	movabsq	$NRT_decref, %rbx
	callq	*%rbx
	movq	1192(%rsp), %rdi
	callq	*%rbx
	movq	1136(%rsp), %rdi
	callq	*%rbx
	movq	1080(%rsp), %rdi
	callq	*%rbx
	movq	1024(%rsp), %rdi
	callq	*%rbx
	movq	968(%rsp), %rdi
	callq	*%rbx
	movq	872(%rsp), %rdi
	callq	*%rbx
	movq	816(%rsp), %rdi
	callq	*%rbx
	movq	608(%rsp), %rdi
	callq	*%rbx
	movq	624(%rsp), %rcx
	xorl	%eax, %eax
	jmp	.LBB0_4
.LBB0_3:
	movq	616(%rsp), %rcx
.LBB0_4:
	movq	$0, (%rcx)
	addq	$728, %rsp
	.cfi_def_cfa_offset 56
	popq	%rbx
	.cfi_def_cfa_offset 48
	popq	%r12
	.cfi_def_cfa_offset 40
	popq	%r13
	.cfi_def_cfa_offset 32
	popq	%r14
	.cfi_def_cfa_offset 24
	popq	%r15
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	retq
.Lfunc_end0:
	.size	_ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d, .Lfunc_end0-_ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d
	.cfi_endproc

	.globl	_ZN7cpython13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d
	.p2align	4
	.type	_ZN7cpython13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d,@function
_ZN7cpython13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	pushq	%r15
	.cfi_def_cfa_offset 24
	pushq	%r14
	.cfi_def_cfa_offset 32
	pushq	%r13
	.cfi_def_cfa_offset 40
	pushq	%r12
	.cfi_def_cfa_offset 48
	pushq	%rbx
	.cfi_def_cfa_offset 56
	subq	$1368, %rsp
	.cfi_def_cfa_offset 1424
	.cfi_offset %rbx, -56
	.cfi_offset %r12, -48
	.cfi_offset %r13, -40
	.cfi_offset %r14, -32
	.cfi_offset %r15, -24
	.cfi_offset %rbp, -16
	movq	%rsi, %rdi
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	leaq	672(%rsp), %r12
	xorl	%ebx, %ebx
	leaq	680(%rsp), %r14
	leaq	688(%rsp), %r11
	leaq	696(%rsp), %r10
	leaq	704(%rsp), %rbp
	leaq	712(%rsp), %r13
	movabsq	$.const.loop, %rsi
	movl	$13, %edx
	movl	$13, %ecx
	movabsq	$PyArg_UnpackTuple, %r15
	leaq	768(%rsp), %r8
	leaq	760(%rsp), %r9
	xorl	%eax, %eax
	pushq	%r12
	.cfi_adjust_cfa_offset 8
	pushq	%r14
	.cfi_adjust_cfa_offset 8
	pushq	%r11
	.cfi_adjust_cfa_offset 8
	pushq	%r10
	.cfi_adjust_cfa_offset 8
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	pushq	%r13
	.cfi_adjust_cfa_offset 8
	leaq	768(%rsp), %r10
	pushq	%r10
	.cfi_adjust_cfa_offset 8
	leaq	784(%rsp), %r10
	pushq	%r10
	.cfi_adjust_cfa_offset 8
	leaq	800(%rsp), %r10
	pushq	%r10
	.cfi_adjust_cfa_offset 8
	leaq	816(%rsp), %r10
	pushq	%r10
	.cfi_adjust_cfa_offset 8
	leaq	832(%rsp), %r10
	pushq	%r10
	.cfi_adjust_cfa_offset 8
	callq	*%r15
	addq	$96, %rsp
	.cfi_adjust_cfa_offset -96
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 1088(%rsp)
	vmovups	%ymm0, 1024(%rsp)
	vmovups	%ymm0, 960(%rsp)
	vmovups	%ymm0, 896(%rsp)
	vmovups	%ymm0, 832(%rsp)
	vmovups	%ymm0, 768(%rsp)
	vmovups	%ymm0, 1112(%rsp)
	vmovups	%ymm0, 1048(%rsp)
	vmovups	%ymm0, 984(%rsp)
	vmovups	%ymm0, 920(%rsp)
	vmovups	%ymm0, 856(%rsp)
	vmovups	%ymm0, 792(%rsp)
	movq	$0, 656(%rsp)
	movq	$0, 96(%rsp)
	testl	%eax, %eax
	je	.LBB1_48
	movabsq	$_ZN08NumbaEnv13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d, %rax
	cmpq	$0, (%rax)
	je	.LBB1_54
	movq	760(%rsp), %rdi
	movabsq	$PyNumber_Long, %r13
	vzeroupper
	callq	*%r13
	movabsq	$PyLong_AsLongLong, %r12
	movabsq	$Py_DecRef, %r15
	testq	%rax, %rax
	je	.LBB1_55
	movq	%rax, %rdi
	movq	%rax, %rbx
	callq	*%r12
	movq	%rbx, %rdi
	movq	%rax, %rbp
	movq	%r15, %r14
	callq	*%r15
	movabsq	$PyErr_Occurred, %rax
	callq	*%rax
	testq	%rax, %rax
	jne	.LBB1_56
.LBB1_4:
	movq	752(%rsp), %rdi
	movabsq	$NRT_adapt_ndarray_from_python, %r15
	leaq	1216(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 1216(%rsp)
	vmovups	%ymm0, 1240(%rsp)
	vzeroupper
	callq	*%r15
	testl	%eax, %eax
	jne	.LBB1_57
	cmpq	$8, 1240(%rsp)
	jne	.LBB1_57
	movq	1216(%rsp), %rax
	movq	1232(%rsp), %rcx
	movq	1248(%rsp), %rdx
	movq	744(%rsp), %rdi
	movq	1224(%rsp), %rbx
	leaq	1152(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 1152(%rsp)
	vmovups	%ymm0, 1176(%rsp)
	movq	%rax, 88(%rsp)
	movq	%rcx, 16(%rsp)
	movq	1256(%rsp), %rcx
	movq	1264(%rsp), %rax
	movq	%rdx, 648(%rsp)
	movq	%rcx, 640(%rsp)
	movq	%rax, 632(%rsp)
	vzeroupper
	callq	*%r15
	testl	%eax, %eax
	jne	.LBB1_59
	cmpq	$8, 1176(%rsp)
	jne	.LBB1_59
	movq	1152(%rsp), %rax
	movq	1160(%rsp), %rdx
	movq	1168(%rsp), %rcx
	movq	736(%rsp), %rdi
	leaq	1280(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 1312(%rsp)
	movq	%rbx, 624(%rsp)
	vmovups	%ymm0, 1280(%rsp)
	vmovups	%ymm0, 1336(%rsp)
	movq	%rax, 80(%rsp)
	movq	%rdx, 616(%rsp)
	movq	%rcx, 608(%rsp)
	movq	1184(%rsp), %rdx
	movq	1192(%rsp), %rcx
	movq	1200(%rsp), %rax
	movq	%rdx, 600(%rsp)
	movq	%rcx, 592(%rsp)
	movq	%rax, 584(%rsp)
	vzeroupper
	callq	*%r15
	cmpq	$8, 1304(%rsp)
	setne	%cl
	testl	%eax, %eax
	setne	%bl
	orb	%cl, %bl
	jne	.LBB1_60
	testb	%bl, %bl
	jne	.LBB1_74
.LBB1_10:
	movq	1288(%rsp), %rcx
	movq	1296(%rsp), %rdx
	movq	1280(%rsp), %rax
	movq	728(%rsp), %rdi
	movq	%rcx, 576(%rsp)
	movq	1312(%rsp), %rcx
	movq	%rdx, 568(%rsp)
	movq	1320(%rsp), %rdx
	movq	%rax, 72(%rsp)
	movq	%rcx, 560(%rsp)
	movq	1328(%rsp), %rcx
	movq	%rdx, 552(%rsp)
	movq	1336(%rsp), %rdx
	movq	%rcx, 544(%rsp)
	movq	1344(%rsp), %rcx
	movq	%rdx, 536(%rsp)
	movq	1352(%rsp), %rdx
	movq	%rcx, 528(%rsp)
	movq	1360(%rsp), %rcx
	movq	%rdx, 520(%rsp)
	movq	%rcx, 512(%rsp)
	callq	*%r13
	testq	%rax, %rax
	je	.LBB1_61
	movq	%rax, %rdi
	movq	%rax, %rbx
	callq	*%r12
	movq	%rbx, %rdi
	movq	%rax, %r12
	callq	*%r14
	movabsq	$PyErr_Occurred, %rax
	callq	*%rax
	testq	%rax, %rax
	jne	.LBB1_73
.LBB1_12:
	movq	720(%rsp), %rdi
	leaq	1088(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 1088(%rsp)
	vmovups	%ymm0, 1112(%rsp)
	vzeroupper
	callq	*%r15
	testl	%eax, %eax
	jne	.LBB1_62
	cmpq	$4, 1112(%rsp)
	jne	.LBB1_62
	movq	1104(%rsp), %rax
	movq	1120(%rsp), %rdx
	movq	1128(%rsp), %rcx
	movq	712(%rsp), %rdi
	movq	1088(%rsp), %rbx
	movq	1096(%rsp), %r13
	leaq	1024(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 1024(%rsp)
	vmovups	%ymm0, 1048(%rsp)
	movq	%rax, 504(%rsp)
	movq	1136(%rsp), %rax
	movq	%rdx, 496(%rsp)
	movq	%rcx, 488(%rsp)
	movq	%rax, 480(%rsp)
	vzeroupper
	callq	*%r15
	testl	%eax, %eax
	jne	.LBB1_63
	cmpq	$8, 1048(%rsp)
	jne	.LBB1_63
	movq	1024(%rsp), %rax
	movq	1032(%rsp), %rdx
	movq	1040(%rsp), %rcx
	movq	704(%rsp), %rdi
	leaq	960(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 960(%rsp)
	vmovups	%ymm0, 984(%rsp)
	movq	%rax, 64(%rsp)
	movq	%rdx, 472(%rsp)
	movq	%rcx, 464(%rsp)
	movq	1056(%rsp), %rdx
	movq	1064(%rsp), %rcx
	movq	1072(%rsp), %rax
	movq	%rdx, 456(%rsp)
	movq	%rcx, 448(%rsp)
	movq	%rax, 440(%rsp)
	vzeroupper
	callq	*%r15
	testl	%eax, %eax
	jne	.LBB1_64
	cmpq	$8, 984(%rsp)
	jne	.LBB1_64
	movq	960(%rsp), %rax
	movq	968(%rsp), %rdx
	movq	976(%rsp), %rcx
	movq	696(%rsp), %rdi
	leaq	896(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 896(%rsp)
	vmovups	%ymm0, 920(%rsp)
	movq	%rax, 48(%rsp)
	movq	%rdx, 432(%rsp)
	movq	%rcx, 424(%rsp)
	movq	992(%rsp), %rdx
	movq	1000(%rsp), %rcx
	movq	1008(%rsp), %rax
	movq	%rdx, 416(%rsp)
	movq	%rcx, 408(%rsp)
	movq	%rax, 400(%rsp)
	vzeroupper
	callq	*%r15
	testl	%eax, %eax
	jne	.LBB1_65
	cmpq	$8, 920(%rsp)
	jne	.LBB1_65
	movq	896(%rsp), %rax
	movq	904(%rsp), %rdx
	movq	912(%rsp), %rcx
	movq	688(%rsp), %rdi
	leaq	832(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 832(%rsp)
	vmovups	%ymm0, 856(%rsp)
	movq	%rax, 40(%rsp)
	movq	%rdx, 384(%rsp)
	movq	%rcx, 376(%rsp)
	movq	928(%rsp), %rdx
	movq	936(%rsp), %rcx
	movq	944(%rsp), %rax
	movq	%rdx, 368(%rsp)
	movq	%rcx, 360(%rsp)
	movq	%rax, 352(%rsp)
	vzeroupper
	callq	*%r15
	testl	%eax, %eax
	jne	.LBB1_66
	cmpq	$8, 856(%rsp)
	jne	.LBB1_66
	movq	832(%rsp), %rax
	movq	840(%rsp), %rdx
	movq	848(%rsp), %rcx
	movq	680(%rsp), %rdi
	leaq	768(%rsp), %rsi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 768(%rsp)
	vmovups	%ymm0, 792(%rsp)
	movq	%rax, 32(%rsp)
	movq	%rdx, 344(%rsp)
	movq	%rcx, 336(%rsp)
	movq	864(%rsp), %rdx
	movq	872(%rsp), %rcx
	movq	880(%rsp), %rax
	movq	%rdx, 328(%rsp)
	movq	%rcx, 320(%rsp)
	movq	%rax, 312(%rsp)
	vzeroupper
	callq	*%r15
	testl	%eax, %eax
	jne	.LBB1_67
	cmpq	$8, 792(%rsp)
	jne	.LBB1_67
	movq	776(%rsp), %rcx
	movq	784(%rsp), %rdx
	movq	768(%rsp), %rax
	movq	%r12, 296(%rsp)
	movq	672(%rsp), %r12
	movq	%r13, 392(%rsp)
	movq	%rbx, 56(%rsp)
	movq	%rbp, 304(%rsp)
	movq	%rcx, 272(%rsp)
	movq	800(%rsp), %rcx
	movq	%rdx, 264(%rsp)
	movq	808(%rsp), %rdx
	movq	%rax, 24(%rsp)
	movabsq	$PyTuple_Size, %rax
	movq	%r12, %rdi
	movq	%rcx, 256(%rsp)
	movq	816(%rsp), %rcx
	movq	%rdx, 248(%rsp)
	movq	%rcx, 240(%rsp)
	callq	*%rax
	cmpq	$19, %rax
	setne	8(%rsp)
	jne	.LBB1_77
.LBB1_25:
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	xorl	%esi, %esi
	callq	*%rax
	movabsq	$PyNumber_Float, %rbx
	movq	%rax, %rdi
	callq	*%rbx
	movabsq	$PyFloat_AsDouble, %r15
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 288(%rsp)
	callq	*%r14
	movabsq	$PyErr_Occurred, %rbp
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_78
.LBB1_26:
	movl	$1, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 280(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_79
.LBB1_27:
	movl	$2, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 232(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_80
.LBB1_28:
	movl	$3, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 224(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_81
.LBB1_29:
	movl	$4, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 216(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_82
.LBB1_30:
	movl	$5, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 208(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_83
.LBB1_31:
	movl	$6, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 200(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_84
.LBB1_32:
	movl	$7, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 192(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_85
.LBB1_33:
	movl	$8, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 184(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_86
.LBB1_34:
	movl	$9, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 176(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_87
.LBB1_35:
	movl	$10, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 168(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_88
.LBB1_36:
	movl	$11, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 160(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_89
.LBB1_37:
	movl	$12, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 152(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_90
.LBB1_38:
	movl	$13, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 144(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_91
.LBB1_39:
	movl	$14, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 136(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_92
.LBB1_40:
	movl	$15, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 128(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_93
.LBB1_41:
	movl	$16, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 120(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_94
.LBB1_42:
	movl	$17, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r13
	callq	*%r15
	movq	%r13, %rdi
	vmovsd	%xmm0, 112(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_95
.LBB1_43:
	movl	$18, %esi
	movabsq	$PyTuple_GetItem, %rax
	movq	%r12, %rdi
	callq	*%rax
	movq	%rax, %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r12
	callq	*%r15
	movq	%r12, %rdi
	vmovsd	%xmm0, 104(%rsp)
	callq	*%r14
	callq	*%rbp
	movq	392(%rsp), %r13
	testq	%rax, %rax
	jne	.LBB1_49
	cmpb	$0, 8(%rsp)
	jne	.LBB1_49
	movq	664(%rsp), %rdi
	callq	*%rbx
	movq	%rax, %rdi
	movq	%rax, %r12
	callq	*%r15
	movq	%r12, %rdi
	vmovsd	%xmm0, 8(%rsp)
	callq	*%r14
	callq	*%rbp
	testq	%rax, %rax
	jne	.LBB1_49
	movabsq	$PyEval_SaveThread, %rax
	callq	*%rax
	movq	%rax, %rbx
	subq	$624, %rsp
	.cfi_adjust_cfa_offset 624
	movq	872(%rsp), %rdx
	movq	880(%rsp), %rcx
	vmovsd	632(%rsp), %xmm0
	vmovsd	904(%rsp), %xmm1
	vmovsd	856(%rsp), %xmm2
	vmovsd	848(%rsp), %xmm3
	vmovsd	840(%rsp), %xmm4
	vmovsd	832(%rsp), %xmm5
	vmovsd	824(%rsp), %xmm6
	vmovsd	816(%rsp), %xmm7
	movq	864(%rsp), %rax
	movq	%r13, 192(%rsp)
	movq	688(%rsp), %rbp
	movq	680(%rsp), %r12
	movq	696(%rsp), %r13
	movq	704(%rsp), %r15
	movq	1248(%rsp), %r8
	movq	640(%rsp), %r9
	movq	712(%rsp), %r14
	leaq	1280(%rsp), %rdi
	leaq	720(%rsp), %rsi
	movq	$8, 488(%rsp)
	movq	$8, 432(%rsp)
	movq	$8, 376(%rsp)
	movq	$8, 320(%rsp)
	movq	$8, 264(%rsp)
	movq	$4, 208(%rsp)
	movq	$8, 112(%rsp)
	movq	$8, 56(%rsp)
	movq	$8, (%rsp)
	movq	%rdx, 504(%rsp)
	movq	888(%rsp), %rdx
	movq	%rcx, 496(%rsp)
	movq	896(%rsp), %rcx
	movq	%rax, 512(%rsp)
	movabsq	$_ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d, %rax
	movq	%rbp, 240(%rsp)
	movq	%r12, 184(%rsp)
	movq	%r13, 88(%rsp)
	movq	%r15, 32(%rsp)
	vmovsd	%xmm0, 608(%rsp)
	vmovsd	728(%rsp), %xmm0
	movq	%rdx, 480(%rsp)
	movq	936(%rsp), %rdx
	movq	%rcx, 472(%rsp)
	movq	944(%rsp), %rcx
	movq	%rdx, 456(%rsp)
	movq	952(%rsp), %rdx
	movq	%rcx, 448(%rsp)
	movq	960(%rsp), %rcx
	vmovsd	%xmm0, 600(%rsp)
	vmovsd	736(%rsp), %xmm0
	movq	%rdx, 440(%rsp)
	movq	968(%rsp), %rdx
	movq	%rcx, 424(%rsp)
	movq	976(%rsp), %rcx
	vmovsd	%xmm0, 592(%rsp)
	vmovsd	744(%rsp), %xmm0
	movq	%rdx, 416(%rsp)
	movq	984(%rsp), %rdx
	movq	%rcx, 400(%rsp)
	movq	992(%rsp), %rcx
	movq	%rdx, 392(%rsp)
	movq	1000(%rsp), %rdx
	movq	%rcx, 384(%rsp)
	movq	1008(%rsp), %rcx
	vmovsd	%xmm0, 584(%rsp)
	vmovsd	752(%rsp), %xmm0
	movq	%rdx, 368(%rsp)
	movq	1024(%rsp), %rdx
	movq	%rcx, 360(%rsp)
	movq	1032(%rsp), %rcx
	movq	%rdx, 344(%rsp)
	movq	1040(%rsp), %rdx
	movq	%rcx, 336(%rsp)
	movq	1048(%rsp), %rcx
	vmovsd	%xmm0, 576(%rsp)
	vmovsd	760(%rsp), %xmm0
	movq	%rdx, 328(%rsp)
	movq	1056(%rsp), %rdx
	movq	%rcx, 312(%rsp)
	movq	1064(%rsp), %rcx
	vmovsd	%xmm0, 568(%rsp)
	vmovsd	768(%rsp), %xmm0
	movq	%rdx, 304(%rsp)
	movq	1072(%rsp), %rdx
	movq	%rcx, 288(%rsp)
	movq	1080(%rsp), %rcx
	movq	%rdx, 280(%rsp)
	movq	1088(%rsp), %rdx
	movq	%rcx, 272(%rsp)
	movq	1096(%rsp), %rcx
	vmovsd	%xmm0, 560(%rsp)
	vmovsd	776(%rsp), %xmm0
	movq	%rdx, 256(%rsp)
	movq	1104(%rsp), %rdx
	movq	%rcx, 248(%rsp)
	movq	1112(%rsp), %rcx
	vmovsd	%xmm0, 552(%rsp)
	vmovsd	784(%rsp), %xmm0
	movq	%rdx, 232(%rsp)
	movq	1120(%rsp), %rdx
	movq	%rcx, 224(%rsp)
	movq	1128(%rsp), %rcx
	movq	%rdx, 216(%rsp)
	movq	920(%rsp), %rdx
	movq	%rcx, 200(%rsp)
	movq	1136(%rsp), %rcx
	vmovsd	%xmm0, 544(%rsp)
	vmovsd	792(%rsp), %xmm0
	movq	%rdx, 176(%rsp)
	movq	1144(%rsp), %rdx
	movq	%rcx, 168(%rsp)
	movq	1152(%rsp), %rcx
	movq	%rdx, 160(%rsp)
	movq	1160(%rsp), %rdx
	movq	%rcx, 152(%rsp)
	movq	1168(%rsp), %rcx
	vmovsd	%xmm0, 536(%rsp)
	vmovsd	800(%rsp), %xmm0
	movq	%rdx, 144(%rsp)
	movq	1176(%rsp), %rdx
	movq	%rcx, 136(%rsp)
	movq	1184(%rsp), %rcx
	vmovsd	%xmm0, 528(%rsp)
	vmovsd	808(%rsp), %xmm0
	movq	%rdx, 128(%rsp)
	movq	1192(%rsp), %rdx
	movq	%rcx, 120(%rsp)
	movq	1200(%rsp), %rcx
	movq	%rdx, 104(%rsp)
	movq	1208(%rsp), %rdx
	movq	%rcx, 96(%rsp)
	movq	1216(%rsp), %rcx
	vmovsd	%xmm0, 520(%rsp)
	vmovsd	912(%rsp), %xmm0
	movq	%rdx, 80(%rsp)
	movq	1224(%rsp), %rdx
	movq	%rcx, 72(%rsp)
	movq	1232(%rsp), %rcx
	movq	%rdx, 64(%rsp)
	movq	1240(%rsp), %rdx
	movq	%rcx, 48(%rsp)
	movq	648(%rsp), %rcx
	movq	%rdx, 40(%rsp)
	movq	656(%rsp), %rdx
	movq	%rcx, 464(%rsp)
	movq	664(%rsp), %rcx
	movq	%rdx, 408(%rsp)
	movq	672(%rsp), %rdx
	movq	%rcx, 352(%rsp)
	movq	1256(%rsp), %rcx
	movq	%rdx, 296(%rsp)
	movq	1264(%rsp), %rdx
	movq	%rcx, 24(%rsp)
	movq	1272(%rsp), %rcx
	movq	%rdx, 16(%rsp)
	movq	928(%rsp), %rdx
	movq	%rcx, 8(%rsp)
	movq	%r14, %rcx
	callq	*%rax
	addq	$624, %rsp
	.cfi_adjust_cfa_offset -624
	movq	96(%rsp), %rcx
	movl	%eax, 8(%rsp)
	movabsq	$PyEval_RestoreThread, %rax
	movq	%rbx, %rdi
	movq	%rcx, 16(%rsp)
	callq	*%rax
	movabsq	$NRT_decref, %rbx
	movq	%r14, %rdi
	callq	*%rbx
	movq	%r15, %rdi
	callq	*%rbx
	movq	%r13, %rdi
	callq	*%rbx
	movq	%r12, %rdi
	callq	*%rbx
	movq	%rbp, %rdi
	callq	*%rbx
	movq	48(%rsp), %rdi
	callq	*%rbx
	movq	40(%rsp), %rdi
	callq	*%rbx
	movq	32(%rsp), %rdi
	callq	*%rbx
	movq	24(%rsp), %rdi
	callq	*%rbx
	movl	8(%rsp), %eax
	testl	%eax, %eax
	jne	.LBB1_50
	movabsq	$_Py_NoneStruct, %rbx
	movabsq	$Py_IncRef, %rax
	movq	%rbx, %rdi
	callq	*%rax
.LBB1_48:
	movq	%rbx, %rax
	addq	$1368, %rsp
	.cfi_def_cfa_offset 56
	popq	%rbx
	.cfi_def_cfa_offset 48
	popq	%r12
	.cfi_def_cfa_offset 40
	popq	%r13
	.cfi_def_cfa_offset 32
	popq	%r14
	.cfi_def_cfa_offset 24
	popq	%r15
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	vzeroupper
	retq
.LBB1_49:
	.cfi_def_cfa_offset 1424
	movq	24(%rsp), %rdi
	movabsq	$NRT_decref, %rax
	callq	*%rax
	movq	56(%rsp), %rbx
	jmp	.LBB1_68
.LBB1_50:
	movq	16(%rsp), %r14
	jle	.LBB1_96
	movabsq	$PyErr_Clear, %rax
	callq	*%rax
	movl	8(%r14), %esi
	movq	(%r14), %rdi
	cmpl	$0, 32(%r14)
	jle	.LBB1_99
	movslq	%esi, %rsi
	movabsq	$PyBytes_FromStringAndSize, %rax
	callq	*%rax
	movq	16(%r14), %rdi
	movq	%rax, %rbx
	callq	*24(%r14)
	testq	%rax, %rax
	je	.LBB1_105
	movabsq	$numba_runtime_build_excinfo_struct, %rcx
	movq	%rbx, %rdi
	movq	%rax, %rsi
	callq	*%rcx
	movabsq	$NRT_Free, %r15
	movq	%r14, %rdi
	movq	%rax, %rbx
	callq	*%r15
	jmp	.LBB1_100
.LBB1_54:
	movabsq	$PyExc_RuntimeError, %rdi
	movabsq	$".const.missing Environment: _ZN08NumbaEnv13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d", %rsi
	jmp	.LBB1_58
.LBB1_55:
	movq	%r15, %r14
	xorl	%ebp, %ebp
	movabsq	$PyErr_Occurred, %rax
	callq	*%rax
	testq	%rax, %rax
	je	.LBB1_4
	jmp	.LBB1_56
.LBB1_57:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
.LBB1_58:
	movabsq	$PyErr_SetString, %rax
	vzeroupper
	callq	*%rax
	xorl	%ebx, %ebx
	jmp	.LBB1_48
.LBB1_59:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	jmp	.LBB1_75
.LBB1_60:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	testb	%bl, %bl
	je	.LBB1_10
	jmp	.LBB1_74
.LBB1_61:
	xorl	%r12d, %r12d
	movabsq	$PyErr_Occurred, %rax
	callq	*%rax
	testq	%rax, %rax
	je	.LBB1_12
	jmp	.LBB1_73
.LBB1_62:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	jmp	.LBB1_73
.LBB1_63:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	jmp	.LBB1_72
.LBB1_64:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	jmp	.LBB1_71
.LBB1_65:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	jmp	.LBB1_70
.LBB1_66:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	jmp	.LBB1_69
.LBB1_67:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
.LBB1_68:
	movq	32(%rsp), %rdi
	movabsq	$NRT_decref, %rax
	callq	*%rax
.LBB1_69:
	movq	40(%rsp), %rdi
	movabsq	$NRT_decref, %rax
	callq	*%rax
.LBB1_70:
	movq	48(%rsp), %rdi
	movabsq	$NRT_decref, %rax
	callq	*%rax
.LBB1_71:
	movq	64(%rsp), %rdi
	movabsq	$NRT_decref, %rax
	callq	*%rax
.LBB1_72:
	movabsq	$NRT_decref, %rax
	movq	%rbx, %rdi
	callq	*%rax
.LBB1_73:
	movq	72(%rsp), %rdi
	movabsq	$NRT_decref, %rax
	callq	*%rax
.LBB1_74:
	movq	80(%rsp), %rdi
	movabsq	$NRT_decref, %rax
	callq	*%rax
.LBB1_75:
	movq	88(%rsp), %rdi
	movabsq	$NRT_decref, %rax
.LBB1_76:
	callq	*%rax
	xorl	%ebx, %ebx
	jmp	.LBB1_48
.LBB1_77:
	movabsq	$PyExc_ValueError, %rdi
	movabsq	$".const.size mismatch for tuple, expected 19 element(s) but got %zd", %rsi
	movabsq	$PyErr_Format, %rcx
	movq	%rax, %rdx
	xorl	%eax, %eax
	callq	*%rcx
	jmp	.LBB1_25
.LBB1_78:
	movb	$1, 8(%rsp)
	jmp	.LBB1_26
.LBB1_79:
	movb	$1, 8(%rsp)
	jmp	.LBB1_27
.LBB1_80:
	movb	$1, 8(%rsp)
	jmp	.LBB1_28
.LBB1_81:
	movb	$1, 8(%rsp)
	jmp	.LBB1_29
.LBB1_82:
	movb	$1, 8(%rsp)
	jmp	.LBB1_30
.LBB1_83:
	movb	$1, 8(%rsp)
	jmp	.LBB1_31
.LBB1_84:
	movb	$1, 8(%rsp)
	jmp	.LBB1_32
.LBB1_85:
	movb	$1, 8(%rsp)
	jmp	.LBB1_33
.LBB1_86:
	movb	$1, 8(%rsp)
	jmp	.LBB1_34
.LBB1_87:
	movb	$1, 8(%rsp)
	jmp	.LBB1_35
.LBB1_88:
	movb	$1, 8(%rsp)
	jmp	.LBB1_36
.LBB1_89:
	movb	$1, 8(%rsp)
	jmp	.LBB1_37
.LBB1_90:
	movb	$1, 8(%rsp)
	jmp	.LBB1_38
.LBB1_91:
	movb	$1, 8(%rsp)
	jmp	.LBB1_39
.LBB1_92:
	movb	$1, 8(%rsp)
	jmp	.LBB1_40
.LBB1_93:
	movb	$1, 8(%rsp)
	jmp	.LBB1_41
.LBB1_94:
	movb	$1, 8(%rsp)
	jmp	.LBB1_42
.LBB1_95:
	movb	$1, 8(%rsp)
	jmp	.LBB1_43
.LBB1_96:
	cmpl	$-3, %eax
	je	.LBB1_102
	cmpl	$-1, %eax
	jne	.LBB1_103
.LBB1_56:
	xorl	%ebx, %ebx
	jmp	.LBB1_48
.LBB1_99:
	movq	16(%r14), %rdx
	movabsq	$numba_unpickle, %rax
	callq	*%rax
	movq	%rax, %rbx
.LBB1_100:
	testq	%rbx, %rbx
	je	.LBB1_56
	movabsq	$numba_do_raise, %rax
	movq	%rbx, %rdi
	jmp	.LBB1_76
.LBB1_102:
	movabsq	$PyExc_StopIteration, %rdi
	movabsq	$PyErr_SetNone, %rax
	jmp	.LBB1_76
.LBB1_103:
	movabsq	$PyExc_SystemError, %rdi
	movabsq	$".const.unknown error when calling native function", %rsi
	jmp	.LBB1_58
.LBB1_105:
	movabsq	$PyExc_RuntimeError, %rdi
	movabsq	$".const.Error creating Python tuple from runtime exception arguments", %rsi
	jmp	.LBB1_58
.Lfunc_end1:
	.size	_ZN7cpython13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d, .Lfunc_end1-_ZN7cpython13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d
	.cfi_endproc

	.globl	cfunc._ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d
	.p2align	4
	.type	cfunc._ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d,@function
cfunc._ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	pushq	%r15
	.cfi_def_cfa_offset 24
	pushq	%r14
	.cfi_def_cfa_offset 32
	pushq	%r12
	.cfi_def_cfa_offset 40
	pushq	%rbx
	.cfi_def_cfa_offset 48
	subq	$688, %rsp
	.cfi_def_cfa_offset 736
	.cfi_offset %rbx, -48
	.cfi_offset %r12, -40
	.cfi_offset %r14, -32
	.cfi_offset %r15, -24
	.cfi_offset %rbp, -16
	vmovaps	%xmm0, %xmm13
	vmovups	1304(%rsp), %ymm0
	vmovsd	%xmm7, 680(%rsp)
	vmovsd	%xmm6, 672(%rsp)
	vmovsd	%xmm5, 664(%rsp)
	vmovsd	%xmm4, 656(%rsp)
	vmovsd	%xmm3, 648(%rsp)
	vmovaps	%xmm2, %xmm15
	vmovaps	%xmm1, %xmm14
	movq	$0, 640(%rsp)
	movq	$0, 632(%rsp)
	vmovups	960(%rsp), %ymm12
	vmovaps	992(%rsp), %xmm11
	vmovups	1016(%rsp), %ymm10
	vmovups	1048(%rsp), %xmm9
	vmovups	1072(%rsp), %ymm8
	vmovaps	1104(%rsp), %xmm7
	vmovups	1128(%rsp), %ymm6
	vmovups	1160(%rsp), %xmm5
	vmovups	1184(%rsp), %ymm4
	vmovaps	1216(%rsp), %xmm3
	vmovups	1240(%rsp), %ymm2
	vmovups	1272(%rsp), %ymm1
	movq	1008(%rsp), %r11
	movq	1064(%rsp), %rbx
	movq	1120(%rsp), %r14
	movq	1176(%rsp), %r15
	movq	1232(%rsp), %r12
	movq	%rdx, %rax
	movq	%rdi, %rdx
	movq	888(%rsp), %rdi
	movq	%rcx, %r10
	movq	%rsi, %rcx
	movq	800(%rsp), %rsi
	vmovups	%ymm0, 584(%rsp)
	vmovups	928(%rsp), %ymm0
	vmovups	%ymm1, 552(%rsp)
	vmovups	%ymm2, 520(%rsp)
	movq	%r12, 512(%rsp)
	vmovups	%xmm3, 496(%rsp)
	vmovups	%ymm4, 464(%rsp)
	movq	%r15, 456(%rsp)
	vmovups	%xmm5, 440(%rsp)
	vmovups	%ymm6, 408(%rsp)
	movq	%r14, 400(%rsp)
	vmovups	%xmm7, 384(%rsp)
	vmovups	%ymm8, 352(%rsp)
	movq	%rbx, 344(%rsp)
	vmovups	%xmm9, 328(%rsp)
	vmovups	%ymm10, 296(%rsp)
	movq	%r11, 288(%rsp)
	vmovups	%xmm11, 272(%rsp)
	vmovups	%ymm12, 240(%rsp)
	movabsq	$_ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d, %r11
	vmovaps	%xmm14, %xmm1
	vmovaps	%xmm15, %xmm2
	vmovups	%ymm0, 208(%rsp)
	vmovups	896(%rsp), %ymm0
	vmovups	%ymm0, 176(%rsp)
	vmovups	872(%rsp), %xmm0
	movq	%rdi, 168(%rsp)
	leaq	640(%rsp), %rdi
	vmovups	%xmm0, 152(%rsp)
	vmovups	840(%rsp), %ymm0
	vmovups	%ymm0, 120(%rsp)
	vmovups	808(%rsp), %ymm0
	vmovups	%ymm0, 88(%rsp)
	vmovaps	784(%rsp), %xmm0
	movq	%rsi, 80(%rsp)
	leaq	632(%rsp), %rsi
	vmovups	%xmm0, 64(%rsp)
	vmovups	752(%rsp), %ymm0
	vmovups	%ymm0, 32(%rsp)
	vmovaps	736(%rsp), %xmm0
	vmovups	%xmm0, 16(%rsp)
	movq	%r9, 8(%rsp)
	movq	%r8, (%rsp)
	movq	%rax, %r8
	movq	%r10, %r9
	vmovaps	%xmm13, %xmm0
	vmovsd	648(%rsp), %xmm3
	vmovsd	656(%rsp), %xmm4
	vmovsd	664(%rsp), %xmm5
	vmovsd	672(%rsp), %xmm6
	vmovsd	680(%rsp), %xmm7
	vzeroupper
	callq	*%r11
	movl	%eax, %ecx
	movq	632(%rsp), %rbx
	movq	640(%rsp), %rax
	movl	$0, 628(%rsp)
	testl	%ecx, %ecx
	jne	.LBB2_1
.LBB2_8:
	addq	$688, %rsp
	.cfi_def_cfa_offset 48
	popq	%rbx
	.cfi_def_cfa_offset 40
	popq	%r12
	.cfi_def_cfa_offset 32
	popq	%r14
	.cfi_def_cfa_offset 24
	popq	%r15
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	retq
.LBB2_1:
	.cfi_def_cfa_offset 736
	movabsq	$numba_gil_ensure, %r14
	leaq	628(%rsp), %rdi
	movq	%rax, %r15
	movl	%ecx, %ebp
	callq	*%r14
	testl	%ebp, %ebp
	jle	.LBB2_9
	movabsq	$PyErr_Clear, %rax
	callq	*%rax
	movl	8(%rbx), %esi
	movq	(%rbx), %rdi
	cmpl	$0, 32(%rbx)
	jle	.LBB2_12
	movslq	%esi, %rsi
	movabsq	$PyBytes_FromStringAndSize, %rax
	callq	*%rax
	movq	16(%rbx), %rdi
	movq	%rax, %r14
	callq	*24(%rbx)
	testq	%rax, %rax
	je	.LBB2_4
	movabsq	$numba_runtime_build_excinfo_struct, %rcx
	movq	%r14, %rdi
	movq	%rax, %rsi
	callq	*%rcx
	movabsq	$NRT_Free, %r12
	movq	%rbx, %rdi
	movq	%rax, %r14
	callq	*%r12
	jmp	.LBB2_13
.LBB2_9:
	movl	%ebp, %eax
	cmpl	$-3, %ebp
	je	.LBB2_5
	cmpl	$-1, %eax
	je	.LBB2_7
	movabsq	$PyExc_SystemError, %rdi
	movabsq	$".const.unknown error when calling native function.2", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	jmp	.LBB2_7
.LBB2_12:
	movq	16(%rbx), %rdx
	movabsq	$numba_unpickle, %rax
	callq	*%rax
	movq	%rax, %r14
.LBB2_13:
	testq	%r14, %r14
	je	.LBB2_7
	movabsq	$numba_do_raise, %rax
	movq	%r14, %rdi
.LBB2_6:
	callq	*%rax
.LBB2_7:
	movabsq	$".const.<numba.core.cpu.CPUContext>", %rdi
	movabsq	$PyUnicode_FromString, %rax
	callq	*%rax
	movabsq	$PyErr_WriteUnraisable, %r14
	movq	%rax, %rbx
	movq	%rbx, %rdi
	callq	*%r14
	movabsq	$Py_DecRef, %rax
	movq	%rbx, %rdi
	callq	*%rax
	movabsq	$numba_gil_release, %rax
	leaq	628(%rsp), %rdi
	callq	*%rax
	movq	%r15, %rax
	jmp	.LBB2_8
.LBB2_5:
	movabsq	$PyExc_StopIteration, %rdi
	movabsq	$PyErr_SetNone, %rax
	jmp	.LBB2_6
.LBB2_4:
	movabsq	$PyExc_RuntimeError, %rdi
	movabsq	$".const.Error creating Python tuple from runtime exception arguments.1", %rsi
	movabsq	$PyErr_SetString, %rax
	callq	*%rax
	xorl	%eax, %eax
	jmp	.LBB2_8
.Lfunc_end2:
	.size	cfunc._ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d, .Lfunc_end2-cfunc._ZN13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d
	.cfi_endproc

	.section	.rodata.cst8,"aM",@progbits,8
	.p2align	3, 0x0
.LCPI3_0:
	.quad	0x3f50624dd2f1a9fc
.LCPI3_1:
	.quad	0x401c000000000000
.LCPI3_2:
	.quad	0xbf9999999999999a
.LCPI3_3:
	.quad	0x3ff0000000000000
.LCPI3_4:
	.quad	0x3fd999999999999a
.LCPI3_5:
	.quad	0x3ff199999999999a
.LCPI3_6:
	.quad	0x402e000000000000
.LCPI3_7:
	.quad	0x3fa999999999999a
.LCPI3_8:
	.quad	0x3ff8000000000000
.LCPI3_9:
	.quad	0x3fc0000000000000
.LCPI3_10:
	.quad	0x4014000000000000
.LCPI3_11:
	.quad	0x3fd0000000000000
.LCPI3_12:
	.quad	0xbfb999999999999a
.LCPI3_13:
	.quad	0xc041800000000000
.LCPI3_14:
	.quad	0xbfc3333333333333
.LCPI3_15:
	.quad	0x400a666666666666
.LCPI3_16:
	.quad	0x4018000000000000
.LCPI3_17:
	.quad	0x3fb47ae147ae147b
.LCPI3_18:
	.quad	0x3feccccccccccccd
.LCPI3_19:
	.quad	0x3fd3333333333334
.LCPI3_20:
	.quad	0x3fe6666666666666
.LCPI3_21:
	.quad	0xbfe0000000000000
.LCPI3_22:
	.quad	0x4000000000000000
.LCPI3_23:
	.quad	0x4008000000000000
.LCPI3_24:
	.quad	0x8000000000000000
.LCPI3_25:
	.quad	0x3fe0000000000000
.LCPI3_26:
	.quad	0x4010000000000000
.LCPI3_27:
	.quad	0x403b000000000000
.LCPI3_28:
	.quad	0xc03b000000000000
.LCPI3_29:
	.quad	0x404e000000000000
.LCPI3_30:
	.quad	0xbfbef9db22d0e560
.LCPI3_31:
	.quad	0x401b3d70a3d70a3d
.LCPI3_32:
	.quad	0x3f44a4d2b2bfdb4d
.LCPI3_33:
	.quad	0x3feb333333333333
	.section	.rodata.cst16,"aM",@progbits,16
	.p2align	4, 0x0
.LCPI3_34:
	.quad	0x8000000000000000
	.quad	0x8000000000000000
	.section	.ltext,"axl",@progbits
	.weak	_ZN7gridsim6engine5lanes5roomsB4v103B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d
	.p2align	4
	.type	_ZN7gridsim6engine5lanes5roomsB4v103B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d,@function
_ZN7gridsim6engine5lanes5roomsB4v103B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d:
	pushq	%rbp
	pushq	%r15
	pushq	%r14
	pushq	%r13
	pushq	%r12
	pushq	%rbx
	subq	$1240, %rsp
	movq	1464(%rsp), %r10
	movq	1424(%rsp), %r9
	movq	%rdi, -56(%rsp)
	movq	1432(%rsp), %rdi
	movq	1408(%rsp), %rdx
	movq	1560(%rsp), %rcx
	movq	1352(%rsp), %rsi
	movq	1616(%rsp), %rax
	movq	1296(%rsp), %r8
	movq	1504(%rsp), %r13
	vxorpd	%xmm7, %xmm7, %xmm7
	vmovsd	1896(%rsp), %xmm9
	movq	%r10, %r11
	sarq	$63, %r11
	leaq	24576(%rcx), %rbx
	leaq	43008(%rax), %r12
	leaq	20480(%r8), %r14
	leaq	2048(%r13), %r15
	andq	%r9, %r11
	imulq	%rdi, %r9
	addq	%r10, %r11
	imulq	%rdi, %r11
	cmpq	%rbx, %rsi
	leaq	36864(%rax), %rdi
	setb	80(%rsp)
	vmovsd	32(%rdx,%r11,8), %xmm0
	leaq	(%rdx,%r11,8), %r10
	leaq	26624(%rsi), %rdx
	cmpq	%rdx, %rcx
	setb	1104(%rsp)
	cmpq	%r12, %rsi
	setb	1072(%rsp)
	cmpq	%rdx, %rdi
	setb	1040(%rsp)
	cmpq	%r14, %rsi
	setb	144(%rsp)
	cmpq	%rdx, %r8
	setb	112(%rsp)
	cmpq	%r15, %rsi
	setb	208(%rsp)
	cmpq	%rdx, %r13
	vmovaps	%xmm0, 880(%rsp)
	vmovsd	32(%r10,%r9,8), %xmm0
	setb	176(%rsp)
	vmovaps	%xmm0, 848(%rsp)
	vmovsd	136(%r10,%r9,8), %xmm0
	movq	1672(%rsp), %r9
	leaq	112640(%r9), %r10
	cmpq	%r10, %rsi
	leaq	8192(%r9), %r10
	setb	1008(%rsp)
	cmpq	%rdx, %r10
	movq	1728(%rsp), %r10
	setb	976(%rsp)
	vmovaps	%xmm0, 816(%rsp)
	leaq	24576(%r10), %rbp
	leaq	18432(%r10), %r11
	cmpq	%rbp, %rsi
	setb	944(%rsp)
	cmpq	%rdx, %r11
	movq	%r15, %rdx
	setb	912(%rsp)
	cmpq	%r12, %rcx
	setb	272(%rsp)
	cmpq	%rbx, %rdi
	setb	240(%rsp)
	cmpq	%r14, %rcx
	setb	336(%rsp)
	cmpq	%rbx, %r8
	setb	304(%rsp)
	cmpq	%r15, %rcx
	leaq	112640(%r9), %r15
	setb	400(%rsp)
	cmpq	%rbx, %r13
	setb	368(%rsp)
	cmpq	%r15, %rcx
	leaq	8192(%r9), %r15
	setb	464(%rsp)
	cmpq	%rbx, %r15
	setb	432(%rsp)
	cmpq	%rbp, %rcx
	setb	528(%rsp)
	cmpq	%rbx, %r11
	leaq	112640(%r9), %rbx
	setb	496(%rsp)
	cmpq	%r14, %rdi
	setb	592(%rsp)
	cmpq	%r12, %r8
	setb	560(%rsp)
	cmpq	%rdx, %rdi
	setb	-16(%rsp)
	cmpq	%r12, %r13
	setb	-48(%rsp)
	cmpq	%rbx, %rdi
	setb	48(%rsp)
	cmpq	%r12, %r15
	setb	16(%rsp)
	cmpq	%rbp, %rdi
	setb	%dil
	cmpq	%r12, %r11
	setb	-128(%rsp)
	cmpq	%rdx, %r8
	setb	-96(%rsp)
	cmpq	%r14, %r13
	setb	%r12b
	cmpq	%rbx, %r8
	setb	%dl
	cmpq	%r14, %r15
	movabsq	$.LCPI3_5, %r15
	setb	%bl
	cmpq	%rbp, %r8
	vmovsd	(%r15), %xmm2
	movabsq	$.LCPI3_6, %r15
	setb	%bpl
	cmpq	%r14, %r11
	movq	1784(%rsp), %r11
	vmovsd	(%r15), %xmm4
	setb	%r14b
	vmovsd	48(%r11), %xmm0
	vmovsd	64(%r11), %xmm12
	movabsq	$.LCPI3_0, %r11
	vmulsd	(%r11), %xmm0, %xmm0
	movabsq	$.LCPI3_1, %r11
	vmovsd	(%r11), %xmm3
	movabsq	$.LCPI3_2, %r11
	vmovsd	%xmm4, 1168(%rsp)
	vsubsd	%xmm12, %xmm4, %xmm4
	vmovapd	%xmm0, 784(%rsp)
	vsubsd	%xmm12, %xmm3, %xmm0
	vmulsd	(%r11), %xmm0, %xmm0
	movabsq	$.LCPI3_4, %r11
	vaddsd	%xmm3, %xmm12, %xmm3
	vmovsd	(%r11), %xmm1
	movabsq	$.LCPI3_7, %r11
	vmulsd	(%r11), %xmm4, %xmm4
	movabsq	$.LCPI3_8, %r11
	vmovsd	(%r11), %xmm5
	movabsq	$.LCPI3_9, %r11
	vmulsd	(%r11), %xmm3, %xmm3
	movabsq	$.LCPI3_10, %r11
	vmovsd	(%r11), %xmm6
	movabsq	$.LCPI3_11, %r11
	vsubsd	%xmm12, %xmm6, %xmm6
	vmulsd	(%r11), %xmm6, %xmm6
	movabsq	$.LCPI3_12, %r11
	vminsd	%xmm3, %xmm6, %xmm3
	vmaxsd	%xmm3, %xmm7, %xmm3
	vmulsd	(%r11), %xmm3, %xmm3
	movabsq	$.LCPI3_13, %r11
	vaddsd	(%r11), %xmm12, %xmm6
	movabsq	$.LCPI3_14, %r11
	vmulsd	(%r11), %xmm6, %xmm6
	movabsq	$.LCPI3_15, %r11
	vaddsd	(%r11), %xmm6, %xmm6
	movabsq	$.LCPI3_16, %r11
	vmovsd	(%r11), %xmm8
	movabsq	$.LCPI3_3, %r11
	vmovsd	(%r11), %xmm13
	vaddsd	%xmm0, %xmm13, %xmm0
	vmaxsd	%xmm0, %xmm1, %xmm0
	vmovsd	1816(%rsp), %xmm1
	vminsd	%xmm0, %xmm2, %xmm0
	vmovsd	1808(%rsp), %xmm2
	vmovapd	%xmm0, 624(%rsp)
	vmaxsd	%xmm4, %xmm7, %xmm0
	vminsd	%xmm0, %xmm5, %xmm0
	vmovapd	%xmm0, 752(%rsp)
	vmaxsd	%xmm6, %xmm5, %xmm0
	vminsd	%xmm0, %xmm8, %xmm0
	vdivsd	%xmm0, %xmm13, %xmm0
	vsubsd	%xmm2, %xmm1, %xmm1
	vmovapd	%xmm1, 656(%rsp)
	vaddsd	%xmm3, %xmm13, %xmm1
	vmovapd	%xmm1, 720(%rsp)
	vmovapd	%xmm0, 688(%rsp)
	testb	%r14b, %bpl
	jne	.LBB3_18
	andb	%bl, %dl
	jne	.LBB3_18
	andb	-96(%rsp), %r12b
	jne	.LBB3_18
	andb	-128(%rsp), %dil
	jne	.LBB3_18
	movzbl	16(%rsp), %edx
	andb	%dl, 48(%rsp)
	jne	.LBB3_18
	movzbl	-48(%rsp), %edx
	andb	%dl, -16(%rsp)
	jne	.LBB3_18
	movzbl	560(%rsp), %edx
	andb	%dl, 592(%rsp)
	jne	.LBB3_18
	movzbl	496(%rsp), %edx
	andb	%dl, 528(%rsp)
	jne	.LBB3_18
	movzbl	432(%rsp), %edx
	andb	%dl, 464(%rsp)
	jne	.LBB3_18
	movzbl	368(%rsp), %edx
	andb	%dl, 400(%rsp)
	jne	.LBB3_18
	movzbl	304(%rsp), %edx
	andb	%dl, 336(%rsp)
	jne	.LBB3_18
	movzbl	240(%rsp), %edx
	andb	%dl, 272(%rsp)
	jne	.LBB3_18
	movzbl	176(%rsp), %edx
	andb	208(%rsp), %dl
	jne	.LBB3_18
	movzbl	112(%rsp), %edx
	andb	%dl, 144(%rsp)
	jne	.LBB3_18
	movzbl	1104(%rsp), %edx
	andb	80(%rsp), %dl
	jne	.LBB3_18
	movzbl	1040(%rsp), %edx
	andb	%dl, 1072(%rsp)
	jne	.LBB3_18
	movzbl	976(%rsp), %edx
	andb	%dl, 1008(%rsp)
	jne	.LBB3_18
	movzbl	912(%rsp), %edx
	andb	%dl, 944(%rsp)
	jne	.LBB3_18
	vbroadcastsd	880(%rsp), %ymm0
	movabsq	$.LCPI3_17, %r12
	vbroadcastsd	%xmm9, %ymm2
	movabsq	$.LCPI3_29, %rbp
	movabsq	$.LCPI3_30, %r14
	movabsq	$.LCPI3_32, %rdi
	movabsq	$.LCPI3_33, %rdx
	xorl	%ebx, %ebx
	vxorpd	%xmm15, %xmm15, %xmm15
	vbroadcastsd	(%r12), %ymm1
	movabsq	$.LCPI3_18, %r12
	vmovupd	%ymm2, 368(%rsp)
	vbroadcastsd	(%r12), %ymm2
	vmovups	%ymm0, 528(%rsp)
	vbroadcastsd	848(%rsp), %ymm0
	vmovups	%ymm1, 336(%rsp)
	vbroadcastsd	(%r11), %ymm1
	movabsq	$.LCPI3_19, %r11
	vmovups	%ymm2, 304(%rsp)
	vbroadcastsd	(%r11), %ymm2
	movabsq	$.LCPI3_20, %r11
	vmovups	%ymm0, 880(%rsp)
	vbroadcastsd	816(%rsp), %ymm0
	vmovups	%ymm1, 272(%rsp)
	vbroadcastsd	(%r11), %ymm1
	movabsq	$.LCPI3_21, %r11
	vmovups	%ymm2, 240(%rsp)
	vbroadcastsd	(%r11), %ymm2
	movabsq	$.LCPI3_22, %r11
	vmovdqu	272(%rsp), %ymm8
	vmovups	%ymm0, 848(%rsp)
	vbroadcastsd	%xmm12, %ymm0
	vmovups	%ymm1, 208(%rsp)
	vbroadcastsd	(%r11), %ymm1
	movabsq	$.LCPI3_23, %r11
	vmovupd	%ymm0, -96(%rsp)
	vbroadcastsd	784(%rsp), %ymm0
	vmovups	%ymm2, 176(%rsp)
	vbroadcastsd	(%r11), %ymm2
	movabsq	$.LCPI3_24, %r11
	vmovups	%ymm1, 144(%rsp)
	vbroadcastsd	(%r11), %ymm1
	movabsq	$.LCPI3_25, %r11
	vmovups	%ymm0, 816(%rsp)
	vbroadcastsd	624(%rsp), %ymm0
	vmovups	%ymm2, 112(%rsp)
	vbroadcastsd	(%r11), %ymm2
	movabsq	$.LCPI3_26, %r11
	vmovups	%ymm1, -128(%rsp)
	vbroadcastsd	(%r11), %ymm1
	movabsq	$.LCPI3_27, %r11
	vmovups	%ymm0, 784(%rsp)
	vbroadcastsd	656(%rsp), %ymm0
	vmovups	%ymm2, 80(%rsp)
	vbroadcastsd	(%r11), %ymm2
	movabsq	$.LCPI3_28, %r11
	vmovups	%ymm1, 656(%rsp)
	vbroadcastsd	(%r11), %ymm1
	movabsq	$.LCPI3_31, %r11
	vmovups	%ymm0, 1168(%rsp)
	vbroadcastsd	752(%rsp), %ymm0
	vmovups	%ymm2, 1104(%rsp)
	vbroadcastsd	(%r15), %ymm2
	vmovups	%ymm1, 1072(%rsp)
	vbroadcastsd	(%rbp), %ymm1
	vmovups	%ymm0, 752(%rsp)
	vbroadcastsd	720(%rsp), %ymm0
	vmovups	%ymm2, 1040(%rsp)
	vbroadcastsd	(%r14), %ymm2
	vmovups	%ymm1, 1008(%rsp)
	vbroadcastsd	(%r11), %ymm1
	vmovups	%ymm0, 720(%rsp)
	vbroadcastsd	688(%rsp), %ymm0
	vmovups	%ymm2, 976(%rsp)
	vbroadcastsd	(%rdi), %ymm2
	vmovups	%ymm1, 944(%rsp)
	vbroadcastsd	(%rdx), %ymm1
	vmovups	%ymm0, 688(%rsp)
	vmovsd	1848(%rsp), %xmm0
	vmovupd	%ymm2, 912(%rsp)
	vmovupd	%ymm1, 1200(%rsp)
	vbroadcastsd	%xmm0, %ymm0
	vmovups	%ymm0, 1136(%rsp)
	vmovsd	1856(%rsp), %xmm0
	vbroadcastsd	%xmm0, %ymm0
	vmovups	%ymm0, 496(%rsp)
	vmovsd	1888(%rsp), %xmm0
	vbroadcastsd	%xmm0, %ymm0
	vmovups	%ymm0, 464(%rsp)
	vmovsd	1808(%rsp), %xmm0
	vbroadcastsd	%xmm0, %ymm0
	vmovups	%ymm0, 432(%rsp)
	vmovsd	1824(%rsp), %xmm0
	vbroadcastsd	%xmm0, %ymm0
	vmovupd	%ymm0, 400(%rsp)
	.p2align	4
.LBB3_20:
	vmovupd	(%r8,%rbx,2), %ymm1
	vmovups	(%r13,%rbx), %xmm12
	vmovupd	816(%rsp), %ymm3
	vmovupd	2048(%rcx,%rbx,2), %ymm2
	vmovupd	-96(%rsp), %ymm6
	vmovupd	43008(%r9,%rbx,2), %ymm7
	vmovupd	40960(%r9,%rbx,2), %ymm14
	vmovupd	100352(%r9,%rbx,2), %ymm9
	vaddpd	2048(%r8,%rbx,2), %ymm1, %ymm1
	vmulpd	49152(%r9,%rbx,2), %ymm3, %ymm3
	vmulpd	30720(%r9,%rbx,2), %ymm2, %ymm5
	vmulpd	34816(%r9,%rbx,2), %ymm2, %ymm2
	vaddpd	4096(%r8,%rbx,2), %ymm1, %ymm1
	vmulpd	240(%rsp), %ymm3, %ymm4
	vmulpd	208(%rsp), %ymm3, %ymm3
	vaddpd	6144(%r8,%rbx,2), %ymm1, %ymm1
	vcvtps2pd	%xmm12, %ymm0
	vmulpd	336(%rsp), %ymm0, %ymm0
	vmovupd	%ymm7, -48(%rsp)
	vmovupd	%ymm9, -16(%rsp)
	vaddpd	8192(%r8,%rbx,2), %ymm1, %ymm1
	vaddpd	10240(%r8,%rbx,2), %ymm1, %ymm1
	vmulpd	304(%rsp), %ymm1, %ymm1
	vaddpd	%ymm1, %ymm0, %ymm0
	vmovupd	(%rcx,%rbx,2), %ymm1
	vaddpd	%ymm4, %ymm0, %ymm0
	vmulpd	28672(%r9,%rbx,2), %ymm1, %ymm4
	vmulpd	32768(%r9,%rbx,2), %ymm1, %ymm1
	vaddpd	%ymm5, %ymm4, %ymm4
	vmulpd	36864(%r9,%rbx,2), %ymm6, %ymm5
	vaddpd	%ymm2, %ymm1, %ymm1
	vmulpd	38912(%r9,%rbx,2), %ymm6, %ymm2
	vmovupd	528(%rsp), %ymm6
	vaddpd	%ymm5, %ymm4, %ymm4
	vmulpd	%ymm0, %ymm14, %ymm5
	vaddpd	%ymm2, %ymm1, %ymm1
	vmulpd	%ymm0, %ymm7, %ymm0
	vmovupd	(%rsi,%rbx,2), %ymm2
	vmovupd	22528(%r10,%rbx,2), %ymm7
	vaddpd	%ymm1, %ymm0, %ymm0
	vmulpd	47104(%r9,%rbx,2), %ymm3, %ymm1
	vaddpd	%ymm4, %ymm5, %ymm4
	vmulpd	45056(%r9,%rbx,2), %ymm3, %ymm5
	vaddpd	%ymm1, %ymm0, %ymm0
	vxorpd	%xmm1, %xmm1, %xmm1
	vcmpltps	1024(%r13,%rbx), %xmm1, %xmm1
	vaddpd	%ymm5, %ymm4, %ymm11
	vcmpltpd	110592(%r9,%rbx,2), %ymm15, %ymm4
	vmovupd	%ymm0, 592(%rsp)
	vmovupd	16384(%r9,%rbx,2), %ymm0
	vpmovsxdq	%xmm1, %ymm5
	vblendvpd	%ymm4, 880(%rsp), %ymm6, %ymm4
	vmovupd	496(%rsp), %ymm6
	vpandn	%ymm8, %ymm5, %ymm1
	vmulpd	18432(%r9,%rbx,2), %ymm1, %ymm1
	vsubpd	%ymm6, %ymm4, %ymm10
	vaddpd	%ymm4, %ymm6, %ymm4
	vmaxpd	%ymm10, %ymm15, %ymm10
	vminpd	%ymm4, %ymm15, %ymm4
	vaddpd	%ymm4, %ymm10, %ymm4
	vsubpd	%ymm1, %ymm0, %ymm3
	vmovupd	98304(%r9,%rbx,2), %ymm0
	vmaxpd	%ymm2, %ymm15, %ymm1
	vsubpd	432(%rsp), %ymm2, %ymm2
	vdivpd	1168(%rsp), %ymm2, %ymm2
	vsubpd	%ymm7, %ymm3, %ymm3
	vmulpd	%ymm1, %ymm0, %ymm1
	vmulpd	1136(%rsp), %ymm0, %ymm0
	vminpd	%ymm1, %ymm9, %ymm1
	vmulpd	%ymm4, %ymm0, %ymm0
	vmulpd	176(%rsp), %ymm9, %ymm4
	vmaxpd	%ymm2, %ymm15, %ymm2
	vminpd	%ymm2, %ymm8, %ymm2
	vmulpd	400(%rsp), %ymm2, %ymm2
	vmaxpd	%ymm0, %ymm4, %ymm0
	vmovupd	106496(%r9,%rbx,2), %ymm4
	vmulpd	18432(%r10,%rbx,2), %ymm4, %ymm4
	vminpd	%ymm0, %ymm9, %ymm0
	vcmpltpd	%ymm4, %ymm15, %ymm10
	vblendvpd	%ymm10, %ymm0, %ymm1, %ymm0
	vmulpd	8192(%rsi,%rbx,2), %ymm4, %ymm1
	vpand	%ymm5, %ymm8, %ymm4
	vmulpd	848(%rsp), %ymm1, %ymm1
	vmaxpd	%ymm0, %ymm1, %ymm0
	vmovupd	464(%rsp), %ymm1
	vmulpd	24576(%rsi,%rbx,2), %ymm1, %ymm1
	vmulpd	%ymm1, %ymm4, %ymm1
	vsubpd	%ymm1, %ymm0, %ymm1
	vmovupd	%ymm1, 10240(%rsi,%rbx,2)
	vmovupd	8192(%r9,%rbx,2), %ymm9
	vmovupd	22528(%rcx,%rbx,2), %ymm4
	vcmpeqpd	144(%rsp), %ymm9, %ymm10
	vcmpltpd	%ymm9, %ymm15, %ymm0
	vmovupd	%ymm4, 560(%rsp)
	vcmpltpd	%ymm4, %ymm15, %ymm4
	vmovupd	%ymm9, 624(%rsp)
	vsubpd	%ymm11, %ymm3, %ymm9
	vandpd	%ymm1, %ymm0, %ymm0
	vmovupd	%ymm10, 48(%rsp)
	vcmpltpd	%ymm0, %ymm15, %ymm13
	vandpd	%ymm4, %ymm13, %ymm13
	vandnpd	%ymm0, %ymm13, %ymm13
	vmovupd	10240(%r9,%rbx,2), %ymm0
	vmulpd	784(%rsp), %ymm0, %ymm6
	vmovupd	%ymm6, 16(%rsp)
	vaddpd	14336(%r9,%rbx,2), %ymm6, %ymm6
	vblendvpd	%ymm10, %ymm6, %ymm0, %ymm6
	vdivpd	%ymm14, %ymm8, %ymm0
	vmovapd	%ymm7, %ymm10
	vxorpd	%xmm7, %xmm7, %xmm7
	vmulpd	%ymm0, %ymm9, %ymm9
	vmaxpd	%ymm9, %ymm15, %ymm9
	vminpd	%ymm9, %ymm6, %ymm9
	vmulpd	%ymm2, %ymm9, %ymm2
	vcmpltps	%xmm12, %xmm7, %xmm9
	vmovupd	20480(%r9,%rbx,2), %ymm7
	vpmovsxdq	%xmm9, %ymm9
	vpand	%ymm2, %ymm9, %ymm2
	vpandn	112(%rsp), %ymm9, %ymm9
	vminpd	%ymm2, %ymm7, %ymm2
	vmulpd	%ymm2, %ymm14, %ymm7
	vaddpd	%ymm7, %ymm11, %ymm12
	vsubpd	%ymm13, %ymm3, %ymm7
	vmovupd	-48(%rsp), %ymm11
	vsubpd	%ymm12, %ymm7, %ymm7
	vmulpd	%ymm7, %ymm0, %ymm7
	vmulpd	%ymm2, %ymm11, %ymm2
	vaddpd	592(%rsp), %ymm2, %ymm2
	vmaxpd	%ymm7, %ymm15, %ymm7
	vminpd	%ymm7, %ymm6, %ymm7
	vaddpd	24576(%r9,%rbx,2), %ymm10, %ymm6
	vaddpd	%ymm6, %ymm9, %ymm6
	vcmpltpd	%ymm1, %ymm15, %ymm9
	vandpd	%ymm4, %ymm9, %ymm4
	vandnpd	%ymm1, %ymm4, %ymm1
	vaddpd	%ymm1, %ymm6, %ymm4
	vcmpltpd	%ymm1, %ymm15, %ymm1
	vsubpd	%ymm12, %ymm4, %ymm4
	vmulpd	%ymm4, %ymm0, %ymm0
	vmovupd	22528(%r9,%rbx,2), %ymm4
	vxorpd	-128(%rsp), %ymm4, %ymm9
	vminpd	%ymm0, %ymm15, %ymm0
	vmaxpd	%ymm0, %ymm9, %ymm10
	vaddpd	%ymm7, %ymm10, %ymm0
	vmulpd	%ymm0, %ymm14, %ymm14
	vmulpd	%ymm0, %ymm11, %ymm0
	vaddpd	%ymm14, %ymm12, %ymm12
	vaddpd	%ymm0, %ymm2, %ymm0
	vmovupd	%ymm12, (%rcx,%rbx,2)
	vmovupd	%ymm0, 2048(%rcx,%rbx,2)
	vcmpltpd	%ymm4, %ymm9, %ymm0
	vmovupd	-16(%rsp), %ymm4
	vsubpd	%ymm12, %ymm3, %ymm2
	vsubpd	%ymm6, %ymm12, %ymm3
	vaddpd	80(%rsp), %ymm4, %ymm4
	vpand	%ymm0, %ymm5, %ymm0
	vpand	%ymm3, %ymm0, %ymm0
	vpand	%ymm2, %ymm5, %ymm2
	vcmpltpd	%ymm13, %ymm15, %ymm3
	vcmpltpd	%ymm0, %ymm4, %ymm0
	vcmpltpd	%ymm2, %ymm4, %ymm5
	vandpd	%ymm0, %ymm1, %ymm0
	vandpd	%ymm5, %ymm3, %ymm3
	vmovupd	560(%rsp), %ymm1
	vorpd	%ymm0, %ymm3, %ymm0
	vmovupd	368(%rsp), %ymm3
	vsubpd	%ymm3, %ymm1, %ymm1
	vmaxpd	%ymm1, %ymm15, %ymm1
	vblendvpd	%ymm0, 656(%rsp), %ymm1, %ymm1
	vandpd	%ymm0, %ymm8, %ymm0
	vmovupd	%ymm1, 22528(%rcx,%rbx,2)
	vmovupd	1104(%rsp), %ymm1
	vaddpd	40960(%rax,%rbx,2), %ymm0, %ymm0
	vmovupd	%ymm0, 40960(%rax,%rbx,2)
	vmaxpd	%ymm2, %ymm15, %ymm0
	vcmpeqpd	624(%rsp), %ymm8, %ymm2
	vmulpd	%ymm0, %ymm3, %ymm0
	vaddpd	36864(%rax,%rbx,2), %ymm0, %ymm0
	vmovupd	48(%rsp), %ymm3
	vmovupd	%ymm0, 36864(%rax,%rbx,2)
	vmaxpd	12288(%r9,%rbx,2), %ymm1, %ymm0
	vaddpd	1072(%rsp), %ymm0, %ymm0
	vmulpd	752(%rsp), %ymm0, %ymm0
	vaddpd	%ymm1, %ymm0, %ymm0
	vsubpd	-96(%rsp), %ymm0, %ymm0
	vmovupd	1040(%rsp), %ymm1
	vmaxpd	%ymm0, %ymm1, %ymm0
	vmovupd	1008(%rsp), %ymm1
	vminpd	%ymm0, %ymm1, %ymm0
	vmulpd	912(%rsp), %ymm0, %ymm1
	vmulpd	%ymm1, %ymm0, %ymm1
	vmulpd	976(%rsp), %ymm0, %ymm0
	vaddpd	944(%rsp), %ymm0, %ymm0
	vaddpd	%ymm1, %ymm0, %ymm0
	vcmpltpd	%ymm7, %ymm15, %ymm1
	vandpd	26624(%r9,%rbx,2), %ymm1, %ymm1
	vmulpd	1200(%rsp), %ymm0, %ymm0
	vmulpd	720(%rsp), %ymm0, %ymm0
	vblendvpd	%ymm2, %ymm7, %ymm1, %ymm1
	vmovupd	16(%rsp), %ymm2
	vminpd	%ymm7, %ymm2, %ymm2
	vdivpd	%ymm0, %ymm2, %ymm0
	vsubpd	%ymm2, %ymm7, %ymm2
	vaddpd	%ymm0, %ymm2, %ymm0
	vblendvpd	%ymm3, %ymm0, %ymm1, %ymm0
	vmovupd	%ymm0, 16384(%r8,%rbx,2)
	vxorpd	-128(%rsp), %ymm10, %ymm0
	vmaxpd	%ymm0, %ymm15, %ymm0
	vmulpd	688(%rsp), %ymm0, %ymm0
	vmovupd	%ymm0, 18432(%r8,%rbx,2)
	addq	$16, %rbx
	cmpq	$1024, %rbx
	jne	.LBB3_20
.LBB3_21:
	movq	-56(%rsp), %rax
	movq	$0, (%rax)
	xorl	%eax, %eax
	addq	$1240, %rsp
	popq	%rbx
	popq	%r12
	popq	%r13
	popq	%r14
	popq	%r15
	popq	%rbp
	vzeroupper
	retq
.LBB3_18:
	movabsq	$.LCPI3_17, %rdx
	xorl	%ebx, %ebx
	movabsq	$.LCPI3_23, %r14
	movabsq	$.LCPI3_26, %r15
	vmovapd	%xmm12, 1136(%rsp)
	vmovsd	(%rdx), %xmm0
	movabsq	$.LCPI3_18, %rdx
	vmovsd	(%rdx), %xmm1
	movabsq	$.LCPI3_19, %rdx
	vmovsd	(%rdx), %xmm2
	movabsq	$.LCPI3_20, %rdx
	vmovsd	%xmm0, 496(%rsp)
	vmovsd	%xmm1, 464(%rsp)
	vmovsd	(%rdx), %xmm1
	movabsq	$.LCPI3_21, %rdx
	vmovsd	%xmm2, 432(%rsp)
	vmovsd	(%rdx), %xmm2
	movabsq	$.LCPI3_22, %rdx
	vmovsd	%xmm1, 400(%rsp)
	vmovsd	(%rdx), %xmm1
	movabsq	$.LCPI3_34, %rdx
	vmovapd	(%rdx), %xmm10
	movabsq	$.LCPI3_25, %rdx
	vmovsd	%xmm2, 368(%rsp)
	vmovsd	(%rdx), %xmm2
	movabsq	$.LCPI3_27, %rdx
	vmovsd	%xmm1, -16(%rsp)
	vmovsd	(%rdx), %xmm1
	movabsq	$.LCPI3_28, %rdx
	vmovapd	%xmm10, 336(%rsp)
	vmovsd	%xmm2, 304(%rsp)
	vmovsd	(%rdx), %xmm2
	movabsq	$.LCPI3_29, %rdx
	vmovsd	%xmm1, 272(%rsp)
	vmovsd	(%rdx), %xmm1
	movabsq	$.LCPI3_30, %rdx
	vmovsd	%xmm2, 240(%rsp)
	vmovsd	(%rdx), %xmm2
	movabsq	$.LCPI3_31, %rdx
	vmovsd	%xmm1, 208(%rsp)
	vmovsd	(%rdx), %xmm1
	movabsq	$.LCPI3_32, %rdx
	vmovsd	%xmm2, 176(%rsp)
	vmovsd	(%rdx), %xmm2
	movabsq	$.LCPI3_33, %rdx
	vmovsd	%xmm1, 144(%rsp)
	vmovsd	(%rdx), %xmm1
	vmovsd	%xmm2, 112(%rsp)
	vmovsd	%xmm1, 80(%rsp)
	jmp	.LBB3_30
	.p2align	4
.LBB3_28:
	vmovsd	1896(%rsp), %xmm7
	vmovsd	16(%rsp), %xmm5
	vsubsd	%xmm7, %xmm5, %xmm5
	vmaxsd	%xmm5, %xmm1, %xmm5
.LBB3_29:
	vmovsd	%xmm5, 22528(%rcx,%rbx,2)
	vmovsd	272(%rsp), %xmm5
	vaddsd	40960(%rax,%rbx,2), %xmm4, %xmm4
	vmovsd	%xmm4, 40960(%rax,%rbx,2)
	vmaxsd	%xmm6, %xmm1, %xmm4
	vmulsd	%xmm4, %xmm7, %xmm4
	vaddsd	36864(%rax,%rbx,2), %xmm4, %xmm4
	vmovsd	%xmm4, 36864(%rax,%rbx,2)
	vmaxsd	12288(%r9,%rbx,2), %xmm5, %xmm4
	vmovsd	8192(%r9,%rbx,2), %xmm7
	vaddsd	240(%rsp), %xmm4, %xmm4
	vmulsd	752(%rsp), %xmm4, %xmm4
	vcmpeqsd	%xmm3, %xmm7, %xmm3
	vaddsd	%xmm5, %xmm4, %xmm4
	vmovsd	1168(%rsp), %xmm5
	vsubsd	%xmm12, %xmm4, %xmm4
	vmaxsd	%xmm4, %xmm5, %xmm4
	vmovsd	208(%rsp), %xmm5
	vminsd	%xmm4, %xmm5, %xmm4
	vmulsd	176(%rsp), %xmm4, %xmm5
	vmulsd	112(%rsp), %xmm4, %xmm6
	vaddsd	144(%rsp), %xmm5, %xmm5
	vmulsd	%xmm6, %xmm4, %xmm4
	vcmpltsd	%xmm0, %xmm1, %xmm6
	vaddsd	%xmm4, %xmm5, %xmm4
	vmovsd	26624(%r9,%rbx,2), %xmm5
	vmulsd	80(%rsp), %xmm4, %xmm4
	vmulsd	720(%rsp), %xmm4, %xmm4
	vandpd	%xmm5, %xmm6, %xmm5
	vblendvpd	%xmm3, %xmm0, %xmm5, %xmm3
	vmovapd	624(%rsp), %xmm5
	vmulsd	10240(%r9,%rbx,2), %xmm5, %xmm5
	vminsd	%xmm0, %xmm5, %xmm5
	vdivsd	%xmm4, %xmm5, %xmm4
	vsubsd	%xmm5, %xmm0, %xmm0
	vaddsd	%xmm4, %xmm0, %xmm0
	vcmpeqsd	-16(%rsp), %xmm7, %xmm4
	vblendvpd	%xmm4, %xmm0, %xmm3, %xmm0
	vmovlpd	%xmm0, 16384(%r8,%rbx,2)
	vxorpd	%xmm2, %xmm10, %xmm0
	vmaxsd	%xmm0, %xmm1, %xmm0
	vmulsd	688(%rsp), %xmm0, %xmm0
	vmovsd	%xmm0, 18432(%r8,%rbx,2)
	addq	$4, %rbx
	cmpq	$1024, %rbx
	je	.LBB3_21
.LBB3_30:
	vmovsd	(%r8,%rbx,2), %xmm1
	vmovss	(%r13,%rbx), %xmm4
	vmovapd	784(%rsp), %xmm2
	vmovss	1024(%r13,%rbx), %xmm6
	vxorpd	%xmm5, %xmm5, %xmm5
	vaddsd	2048(%r8,%rbx,2), %xmm1, %xmm1
	vmulsd	49152(%r9,%rbx,2), %xmm2, %xmm2
	vaddsd	4096(%r8,%rbx,2), %xmm1, %xmm1
	vmulsd	432(%rsp), %xmm2, %xmm3
	vmulsd	400(%rsp), %xmm2, %xmm2
	vaddsd	6144(%r8,%rbx,2), %xmm1, %xmm1
	vcvtss2sd	%xmm4, %xmm4, %xmm0
	vmulsd	496(%rsp), %xmm0, %xmm0
	vucomiss	%xmm5, %xmm6
	vmovss	%xmm6, -48(%rsp)
	vxorps	%xmm6, %xmm6, %xmm6
	vxorpd	%xmm5, %xmm5, %xmm5
	vaddsd	8192(%r8,%rbx,2), %xmm1, %xmm1
	vaddsd	10240(%r8,%rbx,2), %xmm1, %xmm1
	vmulsd	464(%rsp), %xmm1, %xmm1
	ja	.LBB3_32
	vmovapd	%xmm13, %xmm5
.LBB3_32:
	vaddsd	%xmm1, %xmm0, %xmm0
	vmovsd	2048(%rcx,%rbx,2), %xmm11
	vmovsd	(%rcx,%rbx,2), %xmm10
	vmovapd	%xmm13, %xmm9
	vmulsd	30720(%r9,%rbx,2), %xmm11, %xmm1
	vaddsd	%xmm3, %xmm0, %xmm0
	vmovsd	100352(%r9,%rbx,2), %xmm3
	vmulsd	368(%rsp), %xmm3, %xmm8
	vmovsd	%xmm0, -128(%rsp)
	vmulsd	28672(%r9,%rbx,2), %xmm10, %xmm0
	vmovsd	%xmm3, -96(%rsp)
	vaddsd	%xmm1, %xmm0, %xmm0
	ja	.LBB3_34
	vxorpd	%xmm9, %xmm9, %xmm9
.LBB3_34:
	vmulsd	32768(%r9,%rbx,2), %xmm10, %xmm1
	vcmpltsd	110592(%r9,%rbx,2), %xmm6, %xmm10
	vmulsd	36864(%r9,%rbx,2), %xmm12, %xmm3
	vmulsd	47104(%r9,%rbx,2), %xmm2, %xmm13
	vmovsd	98304(%r9,%rbx,2), %xmm7
	vmovsd	40960(%r9,%rbx,2), %xmm14
	vmovsd	43008(%r9,%rbx,2), %xmm15
	vmulsd	18432(%r9,%rbx,2), %xmm5, %xmm5
	vmovsd	%xmm1, 592(%rsp)
	vmulsd	34816(%r9,%rbx,2), %xmm11, %xmm1
	vaddsd	%xmm3, %xmm0, %xmm0
	vmulsd	45056(%r9,%rbx,2), %xmm2, %xmm3
	vmovsd	(%rsi,%rbx,2), %xmm2
	vmovsd	%xmm1, 560(%rsp)
	vmulsd	38912(%r9,%rbx,2), %xmm12, %xmm1
	vmovsd	%xmm1, 528(%rsp)
	vmovsd	22528(%r10,%rbx,2), %xmm1
	vmovsd	%xmm1, 48(%rsp)
	vmovapd	880(%rsp), %xmm1
	vblendvpd	%xmm10, 848(%rsp), %xmm1, %xmm10
	vmovsd	1856(%rsp), %xmm1
	vsubsd	%xmm1, %xmm10, %xmm11
	vaddsd	%xmm1, %xmm10, %xmm10
	vmovsd	1848(%rsp), %xmm1
	vmaxsd	%xmm11, %xmm6, %xmm11
	vminsd	%xmm10, %xmm6, %xmm10
	vaddsd	%xmm10, %xmm11, %xmm10
	vmaxsd	%xmm2, %xmm6, %xmm11
	vmulsd	%xmm7, %xmm11, %xmm11
	vmulsd	%xmm7, %xmm1, %xmm7
	vmovsd	-96(%rsp), %xmm1
	vmulsd	%xmm7, %xmm10, %xmm7
	vmaxsd	%xmm7, %xmm8, %xmm7
	vmovsd	106496(%r9,%rbx,2), %xmm8
	vmulsd	18432(%r10,%rbx,2), %xmm8, %xmm10
	vcmpltsd	%xmm10, %xmm6, %xmm8
	vmulsd	8192(%rsi,%rbx,2), %xmm10, %xmm10
	vblendvpd	%xmm8, %xmm7, %xmm11, %xmm7
	vmovsd	16384(%r9,%rbx,2), %xmm8
	vmovapd	%xmm13, %xmm11
	vminsd	%xmm7, %xmm1, %xmm7
	vmovsd	1888(%rsp), %xmm1
	vmulsd	816(%rsp), %xmm10, %xmm10
	vmaxsd	%xmm7, %xmm10, %xmm7
	vmulsd	24576(%rsi,%rbx,2), %xmm1, %xmm10
	vmulsd	%xmm10, %xmm9, %xmm9
	vsubsd	%xmm9, %xmm7, %xmm12
	vmovsd	%xmm12, 10240(%rsi,%rbx,2)
	vmovsd	8192(%r9,%rbx,2), %xmm10
	vmovsd	22528(%rcx,%rbx,2), %xmm1
	vcmpltsd	%xmm10, %xmm6, %xmm7
	vucomisd	%xmm6, %xmm1
	vmovsd	%xmm1, 16(%rsp)
	vandpd	%xmm7, %xmm12, %xmm9
	vmulsd	-128(%rsp), %xmm14, %xmm7
	jbe	.LBB3_36
	vminsd	%xmm9, %xmm6, %xmm9
.LBB3_36:
	vmovsd	(%r11), %xmm13
	vaddsd	%xmm0, %xmm7, %xmm0
	vmovsd	10240(%r9,%rbx,2), %xmm7
	vsubsd	%xmm5, %xmm8, %xmm5
	vsubsd	48(%rsp), %xmm5, %xmm5
	vcmpeqsd	-16(%rsp), %xmm10, %xmm10
	vxorpd	%xmm1, %xmm1, %xmm1
	vucomiss	%xmm1, %xmm4
	vmulsd	624(%rsp), %xmm7, %xmm8
	vaddsd	%xmm3, %xmm0, %xmm0
	vaddsd	14336(%r9,%rbx,2), %xmm8, %xmm8
	vdivsd	%xmm14, %xmm13, %xmm3
	vblendvpd	%xmm10, %xmm8, %xmm7, %xmm10
	ja	.LBB3_37
	vxorpd	%xmm8, %xmm8, %xmm8
	vmovss	-48(%rsp), %xmm13
	vxorpd	%xmm2, %xmm2, %xmm2
	jbe	.LBB3_40
	jmp	.LBB3_41
	.p2align	4
.LBB3_37:
	vmovsd	1808(%rsp), %xmm1
	vsubsd	%xmm0, %xmm5, %xmm4
	vmulsd	%xmm4, %xmm3, %xmm4
	vmaxsd	%xmm4, %xmm6, %xmm4
	vminsd	%xmm4, %xmm10, %xmm4
	vsubsd	%xmm1, %xmm2, %xmm2
	vdivsd	656(%rsp), %xmm2, %xmm2
	vmovsd	1824(%rsp), %xmm1
	vmaxsd	%xmm2, %xmm6, %xmm2
	vminsd	%xmm2, %xmm13, %xmm2
	vmulsd	%xmm2, %xmm1, %xmm2
	vmulsd	%xmm4, %xmm2, %xmm8
	vmovss	-48(%rsp), %xmm13
	vxorpd	%xmm2, %xmm2, %xmm2
	ja	.LBB3_41
.LBB3_40:
	vmovsd	(%r14), %xmm2
.LBB3_41:
	vcmpltsd	16(%rsp), %xmm6, %xmm7
	vminsd	%xmm12, %xmm6, %xmm4
	vxorpd	%xmm1, %xmm1, %xmm1
	vucomiss	%xmm1, %xmm13
	vmovsd	560(%rsp), %xmm1
	vmovsd	(%r11), %xmm13
	vblendvpd	%xmm7, %xmm4, %xmm12, %xmm4
	vaddsd	592(%rsp), %xmm1, %xmm7
	vmulsd	-128(%rsp), %xmm15, %xmm12
	vaddsd	528(%rsp), %xmm7, %xmm7
	vaddsd	%xmm7, %xmm12, %xmm7
	vmovsd	20480(%r9,%rbx,2), %xmm12
	vaddsd	%xmm7, %xmm11, %xmm7
	vminsd	%xmm8, %xmm12, %xmm8
	vmulsd	%xmm8, %xmm14, %xmm12
	vaddsd	%xmm0, %xmm12, %xmm12
	vmulsd	%xmm8, %xmm15, %xmm0
	vaddsd	%xmm0, %xmm7, %xmm1
	vmovsd	48(%rsp), %xmm7
	vsubsd	%xmm9, %xmm5, %xmm0
	vaddsd	24576(%r9,%rbx,2), %xmm7, %xmm7
	vsubsd	%xmm12, %xmm0, %xmm0
	vmulsd	%xmm0, %xmm3, %xmm0
	vmaxsd	%xmm0, %xmm6, %xmm0
	vminsd	%xmm0, %xmm10, %xmm0
	vmovapd	336(%rsp), %xmm10
	vaddsd	%xmm7, %xmm2, %xmm7
	vaddsd	%xmm4, %xmm7, %xmm2
	vsubsd	%xmm12, %xmm2, %xmm2
	vmulsd	%xmm2, %xmm3, %xmm2
	vmovsd	22528(%r9,%rbx,2), %xmm3
	vminsd	%xmm2, %xmm6, %xmm2
	vxorpd	%xmm3, %xmm10, %xmm3
	vmaxsd	%xmm2, %xmm3, %xmm2
	vaddsd	%xmm0, %xmm2, %xmm3
	vmulsd	%xmm3, %xmm14, %xmm8
	vmulsd	%xmm3, %xmm15, %xmm3
	vaddsd	%xmm8, %xmm12, %xmm8
	vmovapd	1136(%rsp), %xmm12
	vaddsd	%xmm3, %xmm1, %xmm1
	vxorpd	%xmm3, %xmm3, %xmm3
	vmovsd	%xmm8, (%rcx,%rbx,2)
	vmovsd	%xmm1, 2048(%rcx,%rbx,2)
	jbe	.LBB3_24
	vmovsd	22528(%r9,%rbx,2), %xmm1
	vsubsd	%xmm8, %xmm5, %xmm6
	vucomisd	%xmm3, %xmm1
	jbe	.LBB3_24
	vsubsd	%xmm7, %xmm8, %xmm3
.LBB3_24:
	vmovsd	-96(%rsp), %xmm1
	vaddsd	304(%rsp), %xmm1, %xmm5
	vxorpd	%xmm1, %xmm1, %xmm1
	vcmpltsd	%xmm4, %xmm1, %xmm4
	vcmpltsd	%xmm9, %xmm1, %xmm7
	vcmpltsd	%xmm3, %xmm5, %xmm3
	vcmpltsd	%xmm6, %xmm5, %xmm8
	vandpd	%xmm3, %xmm4, %xmm3
	vandpd	%xmm7, %xmm8, %xmm7
	vmovd	%xmm3, %edx
	vmovsd	(%r11), %xmm3
	vmovd	%xmm7, %edi
	orl	%edx, %edi
	vmovapd	%xmm3, %xmm4
	testb	$1, %dil
	jne	.LBB3_26
	vxorpd	%xmm4, %xmm4, %xmm4
.LBB3_26:
	je	.LBB3_28
	vmovsd	(%r15), %xmm5
	vmovsd	1896(%rsp), %xmm7
	jmp	.LBB3_29
.Lfunc_end3:
	.size	_ZN7gridsim6engine5lanes5roomsB4v103B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d, .Lfunc_end3-_ZN7gridsim6engine5lanes5roomsB4v103B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d

	.weak	NRT_incref
	.p2align	4
	.type	NRT_incref,@function
NRT_incref:
	testq	%rdi, %rdi
	je	.LBB4_2
	lock		incq	(%rdi)
.LBB4_2:
	retq
.Lfunc_end4:
	.size	NRT_incref, .Lfunc_end4-NRT_incref

	.weak	NRT_decref
	.p2align	4
	.type	NRT_decref,@function
NRT_decref:
	.cfi_startproc
	testq	%rdi, %rdi
	je	.LBB5_2
	#MEMBARRIER
	lock		decq	(%rdi)
	je	.LBB5_3
.LBB5_2:
	retq
.LBB5_3:
	movabsq	$NRT_MemInfo_call_dtor, %rax
	#MEMBARRIER
	jmpq	*%rax
.Lfunc_end5:
	.size	NRT_decref, .Lfunc_end5-NRT_decref
	.cfi_endproc

	.type	.const.loop,@object
	.section	.lrodata,"al",@progbits
.const.loop:
	.asciz	"loop"
	.size	.const.loop, 5

	.type	_ZN08NumbaEnv13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d,@object
	.comm	_ZN08NumbaEnv13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d,8,8
	.type	".const.missing Environment: _ZN08NumbaEnv13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d",@object
	.p2align	4, 0x0
".const.missing Environment: _ZN08NumbaEnv13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d":
	.asciz	"missing Environment: _ZN08NumbaEnv13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d"
	.size	".const.missing Environment: _ZN08NumbaEnv13_3cdynamic_3e4loopB2v8B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JJIqUWsIgmAA_3d_3dEx5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d", 430

	.type	".const.can't unbox array from PyObject into native value.  The object maybe of a different type",@object
	.p2align	4, 0x0
".const.can't unbox array from PyObject into native value.  The object maybe of a different type":
	.asciz	"can't unbox array from PyObject into native value.  The object maybe of a different type"
	.size	".const.can't unbox array from PyObject into native value.  The object maybe of a different type", 89

	.type	".const.size mismatch for tuple, expected 19 element(s) but got %zd",@object
	.p2align	4, 0x0
".const.size mismatch for tuple, expected 19 element(s) but got %zd":
	.asciz	"size mismatch for tuple, expected 19 element(s) but got %zd"
	.size	".const.size mismatch for tuple, expected 19 element(s) but got %zd", 60

	.type	".const.Error creating Python tuple from runtime exception arguments",@object
	.p2align	4, 0x0
".const.Error creating Python tuple from runtime exception arguments":
	.asciz	"Error creating Python tuple from runtime exception arguments"
	.size	".const.Error creating Python tuple from runtime exception arguments", 61

	.type	".const.unknown error when calling native function",@object
	.p2align	4, 0x0
".const.unknown error when calling native function":
	.asciz	"unknown error when calling native function"
	.size	".const.unknown error when calling native function", 43

	.type	".const.Error creating Python tuple from runtime exception arguments.1",@object
	.p2align	4, 0x0
".const.Error creating Python tuple from runtime exception arguments.1":
	.asciz	"Error creating Python tuple from runtime exception arguments"
	.size	".const.Error creating Python tuple from runtime exception arguments.1", 61

	.type	".const.unknown error when calling native function.2",@object
	.p2align	4, 0x0
".const.unknown error when calling native function.2":
	.asciz	"unknown error when calling native function"
	.size	".const.unknown error when calling native function.2", 43

	.type	".const.<numba.core.cpu.CPUContext>",@object
	.p2align	4, 0x0
".const.<numba.core.cpu.CPUContext>":
	.asciz	"<numba.core.cpu.CPUContext>"
	.size	".const.<numba.core.cpu.CPUContext>", 28

	.type	_ZN08NumbaEnv7gridsim6engine5lanes5roomsB4v103B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d,@object
	.comm	_ZN08NumbaEnv7gridsim6engine5lanes5roomsB4v103B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi3E1C7mutable7alignedEx5ArrayIfLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE27Rules_28float64_20x_2019_29d,8,8
	.type	_ZN08NumbaEnv7gridsim7devices8building4freeB4v104B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddddddddddddddd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices8building4freeB4v104B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddddddddddddddd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices8building4stepB4v105B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddddddddddddddd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices8building4stepB4v105B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddddddddddddddd,8,8
	.type	_ZN08NumbaEnv7gridsim8citizens7comfort8wanted_cB4v106B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddf,@object
	.comm	_ZN08NumbaEnv7gridsim8citizens7comfort8wanted_cB4v106B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddf,8,8
	.type	_ZN08NumbaEnv7gridsim8citizens7comfort15set_point_shiftB4v107B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddd,@object
	.comm	_ZN08NumbaEnv7gridsim8citizens7comfort15set_point_shiftB4v107B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddd,8,8
	.type	_ZN08NumbaEnv7gridsim6engine5lanes9of_tariffB4v108B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedExdd,@object
	.comm	_ZN08NumbaEnv7gridsim6engine5lanes9of_tariffB4v108B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dE5ArrayIdLi1E1C7mutable7alignedExdd,8,8
	.type	_ZN08NumbaEnv7gridsim10automation10thermostat15set_point_shiftB4v109B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddd,@object
	.comm	_ZN08NumbaEnv7gridsim10automation10thermostat15set_point_shiftB4v109B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices7heating5limitB4v110B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices7heating5limitB4v110B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices8building4needB4v112B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices8building4needB4v112B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddd,8,8
	.type	_ZN08NumbaEnv7gridsim8citizens7comfort14second_heat_kwB4v113B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddddddf,@object
	.comm	_ZN08NumbaEnv7gridsim8citizens7comfort14second_heat_kwB4v113B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddddddf,8,8
	.type	_ZN08NumbaEnv7gridsim7devices8building4warmB4v114B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddddd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices8building4warmB4v114B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEddddd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices8building9need_coldB4v115B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices8building9need_coldB4v115B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices7heating11electric_kwB4v116B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddddd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices7heating11electric_kwB4v116B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdddddd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices9heat_pump8capacityB4v111B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices9heat_pump8capacityB4v111B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices9heat_pump4sinkB4v117B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices9heat_pump4sinkB4v117B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices9heat_pump3copB4v118B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices9heat_pump3copB4v118B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices9heat_pump9bench_copB2v7B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices9heat_pump9bench_copB2v7B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices9heat_pump7defrostB3v10B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices9heat_pump7defrostB3v10B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices7heating10cooling_kwB4v119B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices7heating10cooling_kwB4v119B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEdd,8,8
	.type	_ZN08NumbaEnv7gridsim7devices9heat_pump11cooling_copB4v120B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEd,@object
	.comm	_ZN08NumbaEnv7gridsim7devices9heat_pump11cooling_copB4v120B66c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAQ4s_2fqErM2IZKIKUpsIgmAA_3d_3dEd,8,8
	.type	_ZN08NumbaEnv5numba7cpython8builtins6ol_max12_3clocals_3e4implB2v8B52c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWsFpNAA_3d_3dE15StarArgUniTupleIdLi2EE,@object
	.comm	_ZN08NumbaEnv5numba7cpython8builtins6ol_max12_3clocals_3e4implB2v8B52c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWsFpNAA_3d_3dE15StarArgUniTupleIdLi2EE,8,8
	.type	_ZN08NumbaEnv5numba7cpython8builtins6ol_min12_3clocals_3e4implB2v9B52c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWsFpNAA_3d_3dE15StarArgUniTupleIdLi2EE,@object
	.comm	_ZN08NumbaEnv5numba7cpython8builtins6ol_min12_3clocals_3e4implB2v9B52c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWsFpNAA_3d_3dE15StarArgUniTupleIdLi2EE,8,8
	.section	".note.GNU-stack","",@progbits
