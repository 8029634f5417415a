import '~/ui/styles.ts'
